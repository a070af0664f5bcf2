"""What a form asks, as frozen values read from its XForm XML (see ``xform.py``).

Names follow the ODK XForms specification: a *question* is a node of the primary instance together
with its bind and its control; a *ref* is the absolute path of a node without positions, such as
``/data/household/age``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.questionnaire.expressions import Tree


@dataclass(frozen=True, slots=True)
class Expression:
    """An XForms expression: as written, and as a syntax tree."""

    text: str
    tree: Tree = field(compare=False)


@dataclass(frozen=True, slots=True)
class Output:
    """A place in a text where the value of an expression is shown (``<output value="…"/>``)."""

    expression: Expression


Template = tuple["str | Output", ...]

PLAIN = ""
"""The form of a text that is shown; others are image, audio, video, guidance, alt_text, …"""
EASY_READ = "easy_read"
"""The form of a text in simpler words (our own column)."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language of its form.

    ``versions`` maps a form (``PLAIN``, ``image``, ``audio``, ``video``, ``guidance``, and our own
    ``alt_text``, ``easy_read``, ``sign_video``) to a mapping from language tag to template. Media
    templates are a single file name. A form without translations has the language tag ``""``.
    """

    versions: Mapping[str, Mapping[str, Template]]

    def template(self, language: str, form: str = PLAIN) -> tuple[str, Template] | None:
        """The language tag and template in ``language``, else in the first language that has it."""
        written = self.versions.get(form)
        if not written:
            return None
        tag = language if language in written else next(iter(written))
        return tag, written[tag]


class Kind(StrEnum):
    """What sort of answer a question takes; the names are those of XLSForm's ``type`` column."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    NOTE = "note"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    ACKNOWLEDGE = "acknowledge"
    GEOPOINT = "geopoint"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    BARCODE = "barcode"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    METADATA = "metadata"

    @property
    def asked(self) -> bool:
        """Whether a person sees it (a note is seen though it takes no answer)."""
        return self not in (Kind.CALCULATE, Kind.HIDDEN, Kind.METADATA)

    @property
    def takes_answer(self) -> bool:
        """Whether a person can answer it."""
        return self.asked and self is not Kind.NOTE

    @property
    def selects(self) -> bool:
        """Whether its answer is one or more choices of a list."""
        return self in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK)

    @property
    def uploads(self) -> bool:
        """Whether its answer is a file."""
        return self in (Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE)


class DataClass(StrEnum):
    """What kind of data an answer is (our ``class`` column, see docs/xlsform.md)."""

    ORDINARY = "U"
    SENSITIVE = "S"
    FREE_TEXT = "T"
    CONTACT = "C"
    CONSENT = "K"
    METADATA = "M"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list; ``extra`` holds its other columns, for choice filters."""

    value: str
    label: Text
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Itemset:
    """Where the choices of a select come from: a list, perhaps filtered, perhaps shuffled.

    ``nodeset`` is the whole expression (``instance('kab')/root/item[prov = /data/prov]``), or None
    when every choice of the list is offered as it stands. The choices of the list and the items
    of the instance of that name are in the same order. ``list_name`` is empty when the choices are
    earlier answers: ``nodeset`` then gives rows of a repeat.

    ``value`` and ``label`` are the names of an item's children that hold its value and its label.
    """

    list_name: str
    nodeset: Expression | None = None
    value: str = "name"
    label: str = "label"


@dataclass(frozen=True, slots=True)
class Question:
    """One node of the instance that is not a group: asked, calculated, hidden or metadata."""

    ref: str
    kind: Kind
    label: Text | None = None
    hint: Text | None = None
    itemset: Itemset | None = None
    relevant: Expression | None = None
    required: Expression | None = None
    required_message: Text | None = None
    constraint: Expression | None = None
    constraint_message: Text | None = None
    calculate: Expression | None = None
    readonly: bool = False
    readonly_if: Expression | None = None
    """When it is only shown, where that depends on other answers."""
    default: str = ""
    preload: tuple[str, str] | None = None
    """``jr:preload`` and ``jr:preloadParams`` of a metadata question, such as ("date", "today")."""
    appearances: frozenset[str] = frozenset()
    parameters: Mapping[str, str] = field(default_factory=dict)
    """start, end and step of a range; max-pixels of an image; rows of a long text."""
    data_class: DataClass = DataClass.ORDINARY
    autocomplete: str = ""
    """What a browser may fill in, as in HTML (our column; WCAG 2.2, 1.3.5): tel, nickname, …"""

    name: str = field(init=False, compare=False)
    """The last step of ``ref``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.ref.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together; with appearance ``field-list`` they are one page."""

    ref: str
    children: tuple[Element, ...]
    label: Text | None = None
    hint: Text | None = None
    relevant: Expression | None = None
    appearances: frozenset[str] = frozenset()

    name: str = field(init=False, compare=False)
    """The last step of ``ref``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.ref.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Repeat:
    """Questions asked again for each of several things; ``count`` fixes how often, when given."""

    ref: str
    children: tuple[Element, ...]
    label: Text | None = None
    hint: Text | None = None
    relevant: Expression | None = None
    count: Expression | None = None
    appearances: frozenset[str] = frozenset()

    name: str = field(init=False, compare=False)
    """The last step of ``ref``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.ref.rpartition("/")[2])


Element = Question | Group | Repeat


@dataclass(frozen=True, slots=True)
class SetValue:
    """``<setvalue>``: sets ``ref`` on an event (first load, a new repeat row, a changed value)."""

    ref: str
    event: str
    value: Expression
    trigger: str | None = None
    """For ``xforms-value-changed``: the ref of the question whose change sets the value."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Our own settings of a form (see docs/xlsform.md); expressions are evaluated at the root."""

    store_if: Expression | None = None
    channel: Expression | None = None
    """Gives ``self``, ``assisted`` or ``proxy``: who answered."""
    place: str = ""
    """Name of the question whose choices say where a respondent lives."""
    consent: str = ""
    """Name of the question that asks for consent."""
    safety: str = ""
    """Name of the question whose answer ``no`` the focal person for safety reads first."""
    keep_days: int | None = None
    opens: str = ""
    closes: str = ""
    controller: str = ""
    timezone: str = "Asia/Jakarta"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Form:
    """A whole form: one version of one XForm. Two forms are equal only when they are the same."""

    id: str
    version: str
    title: Text
    languages: tuple[str, ...]
    """Language tags, the default first; ``("",)`` for a form without translations."""
    root: Group
    lists: Mapping[str, tuple[Choice, ...]]
    texts: Mapping[str, Text]
    """Every itext by its id, for ``jr:itext()``."""
    set_values: tuple[SetValue, ...] = ()
    external: Mapping[str, str] = field(default_factory=dict)
    """Secondary instance id → file name, for lists that come from a file."""
    instances: Mapping[str, str] = field(default_factory=dict)
    """Secondary instance id → its XML, for expressions with ``instance()``."""
    settings: Settings = Settings()

    def elements(self) -> Iterator[Element]:
        """Every element in the order of the form, groups before what they hold."""
        yield from _walk(self.root)

    def questions(self) -> Iterator[Question]:
        """Every question in the order of the form, inside repeats too."""
        for element in self.elements():
            if isinstance(element, Question):
                yield element

    def question(self, name: str) -> Question | None:
        """The first question with this name."""
        return next((q for q in self.questions() if q.name == name), None)


def _walk(group: Group | Repeat) -> Iterator[Element]:
    for child in group.children:
        yield child
        if not isinstance(child, Question):
            yield from _walk(child)

"""One person's answers against one form: the rules of every way in, written once.

Answering on the web, an offline interview arriving, an OpenRosa submission, a paper form typed in
and a correction by receipt all build an ``Interview`` and ask it the same questions: what is
relevant, which page comes next, what is wrong, what would be submitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from app.questionnaire import answers
from app.questionnaire.instance import Node
from app.questionnaire.live import Circumstances, LiveInstance
from app.questionnaire.model import (
    PLAIN,
    Choice,
    DataClass,
    Form,
    Kind,
    Question,
    Repeat,
    Text,
)
from app.questionnaire.pages import Asked, Page, Row, paths_of
from app.questionnaire.review import Reviewed, chosen, with_unasked
from app.questionnaire.rules import DRAWN, MOST_ROWS
from app.questionnaire.texts import Rendered

__all__ = [
    "Asked",
    "Circumstances",
    "Interview",
    "OffPath",
    "Page",
    "Problem",
    "Progress",
    "Rendered",
    "Reviewed",
    "Row",
]

WAYS_OUT = frozenset({"7", "pns"})
"""Choices that decline to answer, as the Washington Group and our own lists code them."""


class OffPath(LookupError):
    """A page that the person is not on: not relevant, not yet reached, or not of this form."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that keeps the interview from being sent.

    ``code`` is ``required``, ``required_way_out`` (the list lets one decline), ``constraint``,
    ``choice`` (not offered now) or ``type``; ``message`` is the form's own, where it has one.
    """

    page: str
    field: str
    code: str
    message: Rendered | None
    question: Question


@dataclass(frozen=True, slots=True)
class Progress:
    """Part ``part`` of ``parts``; ``parts`` stays the same however a person answers."""

    part: int
    parts: int
    section: Rendered | None


class Interview:
    """One person's answers to one form, at one moment.

    Answers are given with ``answer``; everything else is a question about the state they leave.
    """

    def __init__(
        self, form: Form, circumstances: Circumstances, root: Node, seed: int, done: set[str]
    ) -> None:
        self.form = form
        self.circumstances = circumstances
        self._live = LiveInstance(form, circumstances, root, seed)
        self._paths = paths_of(form)
        self._done = done
        self._pages: tuple[Page, ...] = ()
        self._paged = 0

    # -- beginning, keeping, taking up again

    @classmethod
    def begin(
        cls, form: Form, circumstances: Circumstances, prefill: Mapping[str, str] | None = None
    ) -> Self:
        """A new interview: defaults, first-load values and metadata.

        ``prefill`` gives values by question name: hidden questions that a link fills in.
        """
        root = answers.build(form.root)
        interview = cls(form, circumstances, root, circumstances.random.getrandbits(32), set())
        for question, node in answers.leaves(form.root, root):
            if prefill and question.name in prefill:
                node.value = prefill[question.name]
        interview._live.preload()
        interview._live.happen("odk-instance-first-load", root)
        return interview

    @classmethod
    def resume(cls, form: Form, circumstances: Circumstances, state: Mapping[str, Any]) -> Self:
        """The interview that ``state()`` was taken from; what it does not know it passes over."""
        root = answers.build(form.root, defaults=False)
        answers.fill(form.root, root, state.get("values") or {})
        done = {str(page) for page in state.get("done") or ()}
        return cls(form, circumstances, root, int(state.get("seed") or 0), done)

    @classmethod
    def of_response(
        cls, form: Form, circumstances: Circumstances, *parts: Mapping[str, Any]
    ) -> Self:
        """A sent interview from its typed parts (``answers``, ``contacts``): every page is done.

        What was drawn by chance while it was held is not drawn again.
        """
        root = answers.build(form.root, defaults=False)
        for part in parts:
            answers.fill(form.root, root, dict(part))
        interview = cls(form, circumstances, root, DRAWN, set())
        interview._done = {page.id for page in interview.pages()}
        return interview

    def state(self) -> dict[str, Any]:
        """What a draft keeps: raw values (not relevant ones too), pages done, the random seed."""
        return {
            "values": answers.raw(self.form.root, self._live.root),
            "done": sorted(self._done),
            "seed": self._live.seed,
        }

    # -- the path

    def pages(self) -> tuple[Page, ...]:
        """The pages on the path now, in order."""
        if self._paged != self._live.settle():
            self._paged = self._live.settle()
            self._pages = tuple(self._paths.pages(self._live.root, self))
        return self._pages

    def page(self, page_id: str) -> Page:
        """The page ``page_id``, if the person has come as far as that; else raises ``OffPath``."""
        frontier = self.frontier()
        if frontier is not None and self._place(page_id) > self._place(frontier.id):
            raise OffPath(page_id)
        return self._find(page_id)

    def frontier(self) -> Page | None:
        """The first page that is not done or has problems; None when everything is answered."""
        return next((p for p in self.pages() if p.id not in self._done or self.problems(p)), None)

    def complete(self, page_id: str) -> None:
        """Note that the person has gone on from this page."""
        self._done.add(page_id)

    def after(self, page_id: str) -> Page | None:
        """The next page: after a row of a repeat its hub; None where answers are checked."""
        place = self._place(page_id) + 1
        following = self.pages()[place] if place < len(self.pages()) else None
        return self._hub_left(page_id, following) or following

    def before(self, page_id: str) -> Page | None:
        """The page before; None on the first one."""
        place = self._place(page_id)
        return self.pages()[place - 1] if place else None

    def progress(self, page_id: str) -> Progress:
        """How far this page is, in parts of the form."""
        part = self._find(page_id).part
        parts = self._paths.parts
        section = self.text(parts[part - 1].label, self._live.root) if parts else None
        return Progress(part, max(len(parts), 1), section)

    def add_row(self, page_id: str) -> Page:
        """A new row on the hub ``page_id``; returns the page on which the row begins.

        The hub itself is returned when there is no room for more rows or nothing to ask in one.
        """
        hub = self.page(page_id)
        if hub.repeat is None or hub.place is None or len(hub.rows) >= MOST_ROWS:
            return hub
        self._live.add_row(hub.repeat, hub.place)
        number = len(hub.place.named(hub.repeat.name))
        rows = self._find(page_id).rows
        return self._find(next((r.first_page for r in rows if r.number == number), page_id))

    def remove_row(self, page_id: str, number: int) -> None:
        """Take away row ``number`` (from 1) of the hub ``page_id`` and all its answers."""
        hub = self.page(page_id)
        rows = hub.place.named(hub.repeat.name) if hub.repeat and hub.place else []
        if hub.place is not None and 1 <= number <= len(rows):
            self._live.remove_row(hub.place, rows[number - 1])
            gone = f"{page_id}/{len(rows)}"
            self._done = {p for p in self._done if p != gone and not p.startswith(gone + "/")}

    def _find(self, page_id: str) -> Page:
        return self.pages()[self._place(page_id)]

    def _place(self, page_id: str) -> int:
        for place, page in enumerate(self.pages()):
            if page.id == page_id:
                return place
        raise OffPath(page_id)

    def _hub_left(self, page_id: str, following: Page | None) -> Page | None:
        # After the last page of any row the person decides on the hub what to do next.
        for hub in self.pages():
            if hub.repeat is not None and page_id.startswith(f"{hub.id}/"):
                row = page_id.removeprefix(f"{hub.id}/").partition("/")[0]
                inside = f"{hub.id}/{row}/"
                if following is None or not f"{following.id}/".startswith(inside):
                    return hub
        return None

    # -- answers and what is wrong with them

    def answer(self, asked: Asked, value: str) -> None:
        """Give an answer, as an XForms lexical value; ``''`` takes it away."""
        if not self.readonly(asked) and asked.node.value != value:
            self._live.set(asked.node, value, asked.question)

    def readonly(self, asked: Asked) -> bool:
        """Whether a question is only shown now."""
        rule = asked.question.readonly_if
        return asked.question.readonly or (rule is not None and self._live.true(rule, asked.node))

    def value(self, asked: Asked) -> str:
        """The answer as it stands, as an XForms lexical value."""
        return asked.node.value

    def choices(self, asked: Asked) -> tuple[Choice, ...]:
        """The choices offered now: those that the choice filter lets through, in their order."""
        return self._live.offered(asked.question, asked.node)

    def problems(self, page: Page | None = None) -> tuple[Problem, ...]:
        """What is wrong on ``page``, or on all pages of the path."""
        found = (
            self._problem(each, asked)
            for each in (self.pages() if page is None else (page,))
            for asked in each.asked
        )
        return tuple(problem for problem in found if problem is not None)

    def _problem(self, page: Page, asked: Asked) -> Problem | None:
        question, node = asked.question, asked.node
        code = self._wrong(asked) if question.kind.takes_answer else None
        if code is None:
            return None
        messages = {
            "constraint": question.constraint_message,
            "required": question.required_message,
            "required_way_out": question.required_message,
        }
        return Problem(page.id, asked.field, code, self.text(messages.get(code), node), question)

    def _wrong(self, asked: Asked) -> str | None:
        question, node = asked.question, asked.node
        if node.value == "":
            return self._missing(asked) if self.required(question, node) else None
        if not answers.fits(question.kind, node.value):
            return "type"
        if question.kind.selects and not self._offers(asked):
            return "choice"
        if question.constraint and not self._live.true(question.constraint, node):
            return "constraint"
        return None

    def _missing(self, asked: Asked) -> str | None:
        if asked.question.kind.selects and not self.choices(asked):
            return None  # a filter that lets nothing through must not end the interview
        listed = self._live.listed(asked.question)
        way_out = any(choice.value in WAYS_OUT for choice in listed)
        return "required_way_out" if way_out else "required"

    def _offers(self, asked: Asked) -> bool:
        one = asked.question.kind is Kind.SELECT_ONE
        given = [asked.node.value] if one else asked.node.value.split()
        return {choice.value for choice in self.choices(asked)}.issuperset(given)

    # -- what the form says about the whole

    def finish(self) -> None:
        """Note that it ends now, before what is submitted is read: ``end`` says so."""
        self._live.finish()

    @property
    def storable(self) -> bool:
        """Whether the answers may be written down: the form's ``store_if``, true if it has none."""
        condition = self.form.settings.store_if
        return condition is None or self._live.true(condition, self._live.root)

    @property
    def ended(self) -> bool:
        """Whether the form came to an end with nothing to store: consent was not given."""
        if self.storable or not self._done:
            return False
        left = [p for p in self.pages() if p.id not in self._done or self.problems(p)]
        return not any(page.takes_answers for page in left)

    @property
    def channel(self) -> str:
        """Who answers: ``self``, ``assisted`` or ``proxy``, by the form's own setting."""
        expression = self.form.settings.channel
        said = self._live.result(expression, self._live.root) if expression else ""
        return said if said in ("assisted", "proxy") else "self"

    def answers(self) -> dict[str, Any]:
        """What is submitted: relevant answers, typed and nested, without contact data."""
        return self._typed(contact=False)

    def contacts(self) -> dict[str, Any]:
        """The contact data (class C), kept apart from the answers; {} when none were given."""
        found = self._typed(contact=True)
        return found if answers.holds_any(found) else {}

    def _typed(self, contact: bool) -> dict[str, Any]:
        def wanted(question: Question) -> bool:
            apart = question.data_class is DataClass.CONTACT
            return question.kind is not Kind.NOTE and apart is contact

        self._live.settle()
        return answers.typed(self.form.root, self._live.root, wanted)

    # -- texts

    def text(self, text: Text | None, node: Node, form: str = PLAIN) -> Rendered | None:
        """``text`` in the respondent's language, with piped answers as seen from ``node``."""
        return self._live.text(text, node, form)

    def label(self, asked: Asked, form: str = PLAIN) -> Rendered | None:
        """The label of a question."""
        return self.text(asked.question.label, asked.node, form)

    def hint(self, asked: Asked, form: str = PLAIN) -> Rendered | None:
        """The hint of a question; with form ``guidance``, what only a facilitator reads."""
        return self.text(asked.question.hint, asked.node, form)

    def heading(self, page: Page) -> Rendered | None:
        """The heading of a page: its group's label, else its part's, else its question's."""
        whole = page.group or page.repeat
        if whole is None:
            return self.label(page.asked[0])
        own = self.text(whole.label, page.place or self._live.root)
        return own or self.progress(page.id).section

    def review(self, everything: bool = False) -> tuple[Reviewed, ...]:
        """Every question asked with its answer; with ``everything`` those not asked as well."""
        shown = [
            Reviewed(
                self.progress(page.id).section,
                page.id,
                asked.question,
                self.label(asked),
                asked.node.value,
                chosen(self._live, asked.question, asked.node),
            )
            for page in self.pages()
            for asked in page.asked
            if asked.question.kind.takes_answer
        ]
        return tuple(with_unasked(self.form, self._live, shown) if everything else shown)

    # -- deciding, for Paths

    def required(self, question: Question, node: Node) -> bool:
        """Whether ``question`` must be answered, as long as it is relevant."""
        return question.required is not None and self._live.true(question.required, node)

    def shown(self, repeat: Repeat, parent: Node) -> bool:
        """Whether ``repeat`` is relevant, seen from where its rows would stand."""
        return repeat.relevant is None or self._live.true(repeat.relevant, parent)

"""An instance whose rules hold: whenever an answer changes, relevance and calculates follow."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from app.questionnaire import answers
from app.questionnaire.expressions import Environment, display, to_boolean
from app.questionnaire.instance import Node
from app.questionnaire.model import (
    EASY_READ,
    PLAIN,
    Choice,
    Expression,
    Form,
    Itemset,
    Question,
    Repeat,
    Text,
)
from app.questionnaire.rules import apply, rules_of
from app.questionnaire.texts import Rendered, escaped, render


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an interview cannot know by itself.

    ``now`` is aware; ``context`` has the values of metadata properties (deviceid, username, …).
    ``easy_read`` says that the person reads the simpler words of a text where there are any.
    """

    now: datetime
    language: str
    random: random.Random
    context: Mapping[str, str] = field(default_factory=dict)
    easy_read: bool = False

    def form_of(self, text: Text | None) -> str:
        """The form in which ``text`` is read; never easy words of another language."""
        written = text.versions.get(EASY_READ, {}) if text and self.easy_read else {}
        return EASY_READ if self.language in written else PLAIN


class LiveInstance:
    """The primary instance of one interview, with the rules of its form."""

    def __init__(self, form: Form, circumstances: Circumstances, root: Node, seed: int) -> None:
        self.form = form
        self.circumstances = circumstances
        self.root = root
        self.seed = seed
        self.rules = rules_of(form)
        self._nodes: dict[str, list[Node]] = {}
        self.changed = True
        self.revision = 0

    # -- changing

    def set(self, node: Node, value: str, question: Question) -> None:
        """Give ``node`` a value; what the form sets when ``question`` changes is set too."""
        node.value = value
        self.changed = True
        for setting in self.form.set_values:
            if setting.trigger == question.ref:
                self._set(self._beside(node, setting.ref), setting.value)

    def add_row(self, repeat: Repeat, parent: Node) -> None:
        """A new row at the end of ``repeat``, with its defaults."""
        row = answers.add_row(repeat, parent)
        self.changed = True
        self.happen("odk-new-repeat", row)

    def remove_row(self, parent: Node, row: Node) -> None:
        """Take a row away, with all its answers."""
        parent.remove(row)
        self.changed = True

    def preload(self) -> None:
        """Set metadata: start, end, today, and the properties that the circumstances tell."""
        now = self._environment.now
        known = {
            ("timestamp", "start"): now.isoformat(timespec="seconds"),
            ("timestamp", "end"): now.isoformat(timespec="seconds"),
            ("date", "today"): now.date().isoformat(),
        }
        for question, node in answers.leaves(self.form.root, self.root):
            if question.preload is not None:
                context = self.circumstances.context.get(question.preload[1], "")
                node.value = known.get(question.preload, context)
        self.changed = True

    def finish(self) -> None:
        """Set the metadata that say when the interview ended."""
        now = self._environment.now.isoformat(timespec="seconds")
        for question, node in answers.leaves(self.form.root, self.root):
            if question.preload == ("timestamp", "end"):
                node.value = now
                self.changed = True

    def happen(self, event: str, scope: Node) -> None:
        """Run the ``<setvalue>``s for ``event`` on the nodes inside ``scope``."""
        for setting in self.form.set_values:
            if event in setting.event.split():
                inside = [n for n in self._all(setting.ref) if scope in n.ancestors()]
                self._set(inside, setting.value)

    def _set(self, nodes: list[Node], value: Expression) -> None:
        for node in nodes:
            node.value = self.result(value, node)
            self.changed = True

    def _beside(self, node: Node, ref: str) -> list[Node]:
        # In the same row where the row has such a node, else wherever it is.
        found = self._all(ref)
        return [n for n in found if node.parent in n.ancestors()] or found

    def _all(self, ref: str) -> list[Node]:
        self.settle()
        return self._nodes.get(ref, [])

    # -- asking

    def settle(self) -> int:
        """Apply the rules, if anything changed; returns a number that says which state this is."""
        if self.changed:
            self._apply()
            self.changed = False
            self.revision += 1
        return self.revision

    def _apply(self) -> None:
        # The number of rows may depend on what is calculated in other rows: without nested
        # repeats the second pass is final, and the third only finds that nothing changes.
        for _ in range(3):
            self._nodes = {self.root.ref: [self.root]}
            answers.index(self.form.root, self.root, self._nodes)
            if not apply(self.rules, self._nodes, self._environment, self.seed):
                return

    def true(self, expression: Expression, node: Node) -> bool:
        """Whether ``expression`` is true, seen from ``node``."""
        self.settle()
        return to_boolean(self.rules.compiled(expression)(node, self._environment))

    def result(self, expression: Expression, node: Node) -> str:
        """The value of ``expression`` as text, seen from ``node``; not-a-number is ``''``."""
        self.settle()
        return display(self.rules.compiled(expression)(node, self._environment))

    def text(self, text: Text | None, node: Node, form: str = PLAIN) -> Rendered | None:
        """``text`` in the respondent's language, with piped answers as seen from ``node``."""
        language = self.circumstances.language
        if form == PLAIN:
            form = self.circumstances.form_of(text)
        return render(text, language, lambda shown: self.result(shown, node), form)

    def listed(self, question: Question) -> tuple[Choice, ...]:
        """Every choice of the question's list."""
        itemset = question.itemset
        return self.form.lists.get(itemset.list_name, ()) if itemset else ()

    def offered(self, question: Question, node: Node) -> tuple[Choice, ...]:
        """The choices that the choice filter lets through now, in the order of the nodeset."""
        listed, itemset = self.listed(question), question.itemset
        if itemset is None or itemset.nodeset is None:
            return listed
        self.settle()
        found = self.rules.compiled(itemset.nodeset)(node, self._environment)
        items = found if isinstance(found, list) else []
        if not itemset.list_name:
            return tuple(_of_row(row, itemset) for row in items)
        # By its place: in a list that is filtered, two choices may have the same value.
        places = (self.rules.place(item) for item in items)
        return tuple(listed[place] for place in places if place is not None)

    @cached_property
    def _environment(self) -> Environment:
        zone = ZoneInfo(self.form.settings.timezone)
        return Environment(
            now=self.circumstances.now.astimezone(zone),
            timezone=zone,
            random=random.Random(self.seed),
            language=self.circumstances.language,
            instances=self.rules.instances,
            choice_label=self._choice_label,
            itext=lambda key: self._plain(self.form.texts.get(key)),
        )

    def _choice_label(self, value: str, ref: str) -> str:
        question = self.rules.elements.get(ref)
        for choice in self.listed(question) if isinstance(question, Question) else ():
            if choice.value == value:
                return self._plain(choice.label)
        return value

    def _plain(self, text: Text | None) -> str:
        found = None if text is None else text.template(self.circumstances.language)
        return "".join(part for part in found[1] if isinstance(part, str)) if found else ""


def _of_row(row: Node, itemset: Itemset) -> Choice:
    """A choice that is an earlier answer: what people typed is no Markdown."""
    value = "".join(node.text for node in row.named(itemset.value))
    label = "".join(node.text for node in row.named(itemset.label))
    return Choice(value, Text({PLAIN: {"": (escaped(label),)}}))

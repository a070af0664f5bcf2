"""The rules of a form, compiled once and applied to one instance after another.

``relevant``, ``calculate`` and ``jr:count`` depend on each other; they run in the order of their
dependencies (ODK XForms, "Evaluation order"). ``constraint`` and ``required`` are asked for when
a page or the whole interview is checked.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from app.questionnaire.answers import add_row
from app.questionnaire.expressions import (
    Environment,
    ExpressionError,
    compile_expression,
    display,
    evaluation_order,
    references,
    to_boolean,
    to_number,
)
from app.questionnaire.expressions import Value as ExpressionValue
from app.questionnaire.expressions.tree import Call, Tree, walk
from app.questionnaire.instance import Node
from app.questionnaire.model import Element, Expression, Form, Question, Repeat

MOST_ROWS = 200
"""A repeat never has more rows, whatever its ``jr:count`` says: a page must stay a page."""

DRAWN = -1
"""The seed of an interview that was held before: what was drawn then stands."""

VOLATILE = frozenset({"random", "uuid", "randomize"})
"""Functions that draw a random number; their result must not change while the answers do not."""

Compiled = Callable[[Node, Environment], ExpressionValue]


@dataclass(frozen=True, slots=True)
class Rule:
    """What decides about the nodes of one ref, whenever any answer changes."""

    ref: str
    relevant: Compiled | None
    calculate: Compiled | None
    volatile: bool
    once: bool
    """A ``now()`` with nothing to depend on: told once, when it is first relevant, then kept."""
    repeat: Repeat | None
    count: Compiled | None


class Rules:
    """All rules of one form, compiled."""

    def __init__(self, form: Form) -> None:
        self.elements: dict[str, Element] = {e.ref: e for e in form.elements()}
        self.parents = {ref: ref.rpartition("/")[0] for ref in self.elements}
        self._compiled: dict[Expression, Compiled] = {}
        self.order = tuple(self._rules(form))
        self.instances: Mapping[str, Node] = {
            name: Node.from_xml(xml) for name, xml in form.instances.items()
        }
        self._places = {
            id(item): place
            for root in self.instances.values()
            for place, item in enumerate(root.children)
        }

    def compiled(self, expression: Expression) -> Compiled:
        """The closure of ``expression``, compiled on first use; what fails to run is empty."""
        if expression not in self._compiled:
            self._compiled[expression] = _never_raising(compile_expression(expression.tree))
        return self._compiled[expression]

    def place(self, item: Node) -> int | None:
        """Which item of its secondary instance it is, from 0."""
        return self._places.get(id(item))

    def _rules(self, form: Form) -> Iterator[Rule]:
        needs = {
            ref: self._needs(element) | {self.parents[ref]}
            for ref, element in self.elements.items()
        }
        known = set(needs) | {form.root.ref}
        needs = {ref: {need for need in of if need in known and need != ref}
                 for ref, of in needs.items()}  # fmt: skip
        for ref in evaluation_order(needs):
            if ref != form.root.ref and (rule := self._rule(self.elements[ref])):
                yield rule

    def _needs(self, element: Element) -> set[str]:
        found: set[str] = set()
        for expression in _deciding(element):
            found |= references(expression.tree, element.ref)
        return found

    def _rule(self, element: Element) -> Rule | None:
        repeat = element if isinstance(element, Repeat) and element.count else None
        calculate = element.calculate if isinstance(element, Question) else None
        if not (element.relevant or calculate or repeat):
            return None
        used = _called(calculate.tree) if calculate else set()
        return Rule(
            ref=element.ref,
            relevant=self._optional(element.relevant),
            calculate=self._optional(calculate),
            volatile=bool(used & VOLATILE),
            once="now" in used and not self._needs(element),
            repeat=repeat,
            count=self._optional(repeat.count) if repeat else None,
        )

    def _optional(self, expression: Expression | None) -> Compiled | None:
        return None if expression is None else self.compiled(expression)


def _deciding(element: Element) -> Iterator[Expression]:
    candidates = [element.relevant]
    if isinstance(element, Question):
        candidates.append(element.calculate)
    if isinstance(element, Repeat):
        candidates.append(element.count)
    yield from (expression for expression in candidates if expression is not None)


def _never_raising(compiled: Compiled) -> Compiled:
    # A form that was published is sound, but answers can still make a text too long or a pattern
    # unreadable. Nobody who answers can mend that, so it counts as no answer.
    def run(node: Node, environment: Environment) -> ExpressionValue:
        try:
            return compiled(node, environment)
        except ExpressionError:
            return ""

    return run


def _called(tree: Tree) -> set[str]:
    return {part.name for part in walk(tree) if isinstance(part, Call)}


_rules: WeakKeyDictionary[Form, Rules] = WeakKeyDictionary()


def rules_of(form: Form) -> Rules:
    """The compiled rules of ``form``, kept as long as the form itself."""
    if form not in _rules:
        _rules[form] = Rules(form)
    return _rules[form]


def apply(rules: Rules, nodes: dict[str, list[Node]], environment: Environment, seed: int) -> bool:
    """Run every rule once over the instance whose nodes are indexed by ref.

    Returns whether rows were added or removed, so that the index must be made anew and the rules
    run again.
    """
    reshaped = False
    for rule in rules.order:
        for position, node in enumerate(nodes.get(rule.ref, ())):
            if rule.relevant is not None:
                node.relevant = to_boolean(rule.relevant(node, environment))
            if rule.calculate is not None and not (seed == DRAWN and rule.volatile and node.value):
                _calculate(rule, node, _drawing(rule, environment, seed, position))
        reshaped |= _resize(rule, rules, nodes, environment)
    return reshaped


def _calculate(rule: Rule, node: Node, environment: Environment) -> None:
    if rule.calculate is None or not node.is_relevant() or (rule.once and node.value):
        return
    node.value = display(rule.calculate(node, environment))


def _drawing(rule: Rule, environment: Environment, seed: int, position: int) -> Environment:
    # The same draw at every evaluation: seeded by the interview, the place and the row.
    if not rule.volatile:
        return environment
    return replace(environment, random=random.Random(f"{seed} {rule.ref} {position}"))


def _resize(
    rule: Rule, rules: Rules, nodes: dict[str, list[Node]], environment: Environment
) -> bool:
    if rule.repeat is None or rule.count is None:
        return False
    changed = False
    for parent in nodes.get(rules.parents[rule.ref], ()):
        number = to_number(rule.count(parent, environment))
        wanted = int(min(max(number, 0), MOST_ROWS)) if math.isfinite(number) else 0
        rows = parent.named(rule.repeat.name)
        for row in rows[wanted:]:
            parent.remove(row)
        for _ in range(wanted - len(rows)):
            add_row(rule.repeat, parent)
        changed |= wanted != len(rows)
    return changed

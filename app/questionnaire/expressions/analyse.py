"""What can be said about an expression without running it, when a form is published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from app.questionnaire.expressions.dates import check_date_format
from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.expressions.evaluate import check_arguments, compile_expression
from app.questionnaire.expressions.forms import named_path
from app.questionnaire.expressions.functions import FUNCTIONS
from app.questionnaire.expressions.paths import absolute_ref
from app.questionnaire.expressions.patterns import check_pattern
from app.questionnaire.expressions.strings import digest
from app.questionnaire.expressions.tree import (
    ANY,
    DESCENDANTS,
    PARENT,
    SELF,
    Call,
    Filter,
    Literal,
    Operation,
    Path,
    Step,
    Tree,
    walk,
)

Refs = frozenset[str]
_NONE: Refs = frozenset()
_CURRENT = Call("current", ())


def references(tree: Tree, context_path: str, known_paths: Collection[str] = ()) -> Refs:
    """The refs of the primary instance that an expression at ``context_path`` reads.

    Groups and repeats are among them when their nodes are counted or their place is asked. ``*``
    and ``//`` become those of ``known_paths`` that they reach. The context's own ref is left out
    where the expression chooses a row of a repeat (a predicate, ``indexed-repeat``), because that
    reads another row: a running total is no cycle.
    """
    reader = _Reader(context_path, frozenset(known_paths))
    reader.read(tree, frozenset({context_path}))
    return frozenset(reader.found)


def check(
    tree: Tree,
    context_path: str,
    known_paths: Collection[str],
    instance_names: Collection[str],
) -> list[ExpressionError]:
    """Everything that is wrong with an expression, in the order of its text.

    ``known_paths`` are the refs of every question, group and repeat, the root's among them.
    """
    known = frozenset(known_paths)
    reader = _Reader(context_path, known)
    reader.read(tree, frozenset({context_path}))
    problems = list(reader.problems)
    for call in walk(tree):
        if isinstance(call, Call):
            problems += _problems_of(call, context_path, known, instance_names)
    if not problems:
        problems += _raised(lambda: compile_expression(tree), 0)
    return sorted(problems, key=lambda problem: problem.position)


def evaluation_order(dependencies: Mapping[str, Collection[str]]) -> list[str]:
    """The keys, each after those keys that it depends on, otherwise in the order given.

    Raises :class:`ExpressionError` ``cycle`` with the ``members`` of a cycle in their order.
    """
    place = {key: index for index, key in enumerate(dependencies)}
    done: dict[str, None] = {}
    for key in dependencies:
        open_keys: list[str] = []
        waiting = [(key, False)]
        while waiting:
            name, finished = waiting.pop()
            if finished:
                open_keys.pop()
                done[name] = None
            elif name in open_keys:
                members = open_keys[open_keys.index(name) :]
                raise ExpressionError("cycle", members=tuple(members))
            elif name not in done:
                open_keys.append(name)
                waiting.append((name, True))
                needed = sorted(
                    (other for other in dependencies[name] if other in place),
                    key=place.__getitem__,
                    reverse=True,
                )
                waiting += [(other, False) for other in needed]
    return list(done)


class _Reader:
    """Follows the paths of an expression through the refs of a form."""

    def __init__(self, current: str, known: Refs) -> None:
        self._current = current
        self._known = known
        self.found: set[str] = set()
        self.problems: list[ExpressionError] = []

    def read(self, tree: Tree, here: Refs) -> Refs:
        """Note what a tree reads at any of the refs ``here``; returns the refs of its nodes."""
        match tree:
            case Operation(operands=operands):
                refs = [self.read(operand, here) for operand in operands]
                return _NONE.union(*refs) if tree.operator == "|" else _NONE
            case Call():
                return self._call(tree, here)
            case Filter():
                base = self.read(tree.base, here)
                self._predicates(tree.predicates, base)
                return base
            case Path():
                return self._path(tree, here)
        return _NONE

    def _call(self, call: Call, here: Refs) -> Refs:
        if call == _CURRENT:
            self.found.add(self._current)
            return frozenset({self._current})
        if call.name == "indexed-repeat" and call.arguments:
            return self._indexed_repeat(call, here)
        refs = [self.read(argument, here) for argument in call.arguments]
        return _NONE.union(*refs) if call.name in ("if", "coalesce", "randomize") else _NONE

    def _indexed_repeat(self, call: Call, here: Refs) -> Refs:
        before = self._current in self.found
        refs = [self.read(argument, here) for argument in call.arguments]
        if refs[0] == {self._current} and not before:
            self.found.discard(self._current)
        return refs[0]

    def _path(self, path: Path, here: Refs) -> Refs:
        refs = self._start(path, here)
        loose = False
        for step in path.steps:
            refs = self._step(step, refs, path)
            loose = loose or step.name in (ANY, DESCENDANTS)
            refs = refs & self._known if loose and step.name != DESCENDANTS else refs
            self._predicates(step.predicates, refs)
        refs = refs - {""}
        chooses = any(step.predicates for step in path.steps)
        self.found |= refs - {self._current} if chooses else refs
        if not loose and self._known:
            for ref in sorted(refs - self._known):
                self.problems.append(ExpressionError("unknown-path", path.position, path=ref))
        return refs

    def _start(self, path: Path, here: Refs) -> Refs:
        if path.absolute:
            return frozenset({""})
        if path.start is None:
            return here
        return frozenset({self._current}) if path.start == _CURRENT else self.read(path.start, here)

    def _step(self, step: Step, refs: Refs, path: Path) -> Refs:
        if step.name == SELF:
            return refs
        if step.name == PARENT:
            if "" in refs:
                self.problems.append(ExpressionError("above-root", step.position, path=str(path)))
            return frozenset(ref.rpartition("/")[0] for ref in refs if ref)
        if step.name == ANY:
            return frozenset(ref for ref in self._known if ref.rpartition("/")[0] in refs)
        if step.name == DESCENDANTS:
            return refs | {ref for ref in self._known if any(_inside(ref, top) for top in refs)}
        return frozenset(f"{ref}/{step.name}" for ref in refs)

    def _predicates(self, predicates: Iterable[Tree], here: Refs) -> None:
        for predicate in predicates:
            self.read(predicate, here)


def _inside(ref: str, group: str) -> bool:
    return ref.startswith(f"{group}/")


def _problems_of(
    call: Call, context_path: str, known: Refs, instance_names: Collection[str]
) -> list[ExpressionError]:
    """What is wrong with one call, apart from the paths in it."""
    function = FUNCTIONS.get(call.name)
    if function is None:
        return [ExpressionError("unknown-function", call.position, name=call.name)]
    problems = _raised(lambda: check_arguments(call, function), call.position)
    if not problems:
        texts = [_constant(argument) for argument in call.arguments]
        problems += _raised(lambda: _check_constants(call.name, texts), call.position)
        problems += _check_names(call, texts, context_path, known, instance_names)
    return problems


def _constant(tree: Tree) -> str | None:
    """A text that is written in the expression."""
    return tree.value if isinstance(tree, Literal) and isinstance(tree.value, str) else None


def _check_constants(name: str, texts: list[str | None]) -> None:
    """Raises ExpressionError for a text that its function cannot use."""
    if name == "regex" and texts[1] is not None:
        check_pattern(texts[1])
    elif name in ("format-date", "format-date-time") and texts[1] is not None:
        check_date_format(texts[1])
    elif name == "digest" and texts[1] is not None:
        digest("", texts[1], (texts[2] if len(texts) > 2 else None) or "base64")


def _check_names(
    call: Call,
    texts: list[str | None],
    context_path: str,
    known: Refs,
    instance_names: Collection[str],
) -> list[ExpressionError]:
    if call.name in ("instance", "pulldata") and texts[0] is not None:
        if texts[0] not in instance_names:
            return [ExpressionError("unknown-instance", call.position, name=texts[0])]
    elif call.name == "jr:choice-name" and texts[1] is not None:
        ref = absolute_ref(texts[1], context_path)
        if ref not in known:
            return [ExpressionError("unknown-path", call.position, path=ref)]
    elif call.name == "indexed-repeat":
        paths = [call.arguments[0], *call.arguments[1::2]]
        return _raised(lambda: [named_path(path, call) for path in paths], call.position)
    return []


def _raised(action: Callable[[], object], position: int) -> list[ExpressionError]:
    try:
        action()
    except ExpressionError as error:
        return [error.at(position)]
    return []

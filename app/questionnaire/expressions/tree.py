"""The syntax tree of an expression: frozen values, and the same as plain data for JSON.

Plain data is what a browser gets, so it is short. A JSON string or number is a literal; everything
else is an array whose first element says what it is:

- ``["+", a, b, …]``: an operation. ``or and = != < <= > >= + - * div mod |``; ``or``, ``and``,
  ``+``, ``*`` and ``|`` may have more than two operands, ``-`` with one operand is a negation.
- ``["f", name, argument, …]``: a function call.
- ``["[", base, predicate, …]``: the nodes of ``base`` for which every predicate holds.
- ``["/", start, step, …]``: a path. ``start`` is 1 for the root of the form's own instance, 0 for
  the node where the expression stands, or an expression. A step is the name of a child (``*``: any
  child), ``.``, ``..``, or ``//`` (the node and all that it holds); with predicates it is an array
  ``[name, predicate, …]``.

``/data/kid[age > 5]/name`` is ``["/", 1, "data", ["kid", [">", ["/", 0, "age"], 5]], "name"]``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

SELF, PARENT, ANY, DESCENDANTS = ".", "..", "*", "//"

Data = str | int | float | list["Data"]


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number, as written."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with its operands (one operand: a negation)."""

    operator: str
    operands: tuple[Tree, ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function call."""

    name: str
    arguments: tuple[Tree, ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """The nodes of an expression for which every predicate holds: ``(…)[…]``."""

    base: Tree
    predicates: tuple[Tree, ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a child's name, or ``*``, ``.``, ``..``, ``//``."""

    name: str
    predicates: tuple[Tree, ...] = ()
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root (``absolute``), from an expression (``start``), or from here."""

    steps: tuple[Step, ...]
    absolute: bool = False
    start: Tree | None = None
    position: int = field(default=0, compare=False)

    @property
    def plain(self) -> bool:
        """Whether it is an absolute path of names alone, so that its reference is known."""
        return self.absolute and all(
            step.name not in (SELF, PARENT, ANY, DESCENDANTS) and not step.predicates
            for step in self.steps
        )

    def __str__(self) -> str:
        """The path as written, without predicates: for messages."""
        names = "/".join("" if step.name == DESCENDANTS else step.name for step in self.steps)
        if self.start is None:
            return f"/{names}" if self.absolute else names
        return f"{self.start.name}()/{names}" if isinstance(self.start, Call) else f"(…)/{names}"


Tree = Literal | Operation | Call | Filter | Path


def children(tree: Tree) -> Iterator[Tree]:
    """The trees directly inside one, predicates too."""
    match tree:
        case Operation(operands=inner) | Call(arguments=inner):
            yield from inner
        case Filter():
            yield tree.base
            yield from tree.predicates
        case Path():
            if tree.start is not None:
                yield tree.start
            for step in tree.steps:
                yield from step.predicates
        case Literal():
            pass


def walk(tree: Tree) -> Iterator[Tree]:
    """A tree and every tree inside it."""
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(children(found))


def height(tree: Tree) -> int:
    """How many trees lie inside each other; what is inside a path or filter counts as two."""
    highest = 0
    waiting = [(tree, 1)]
    while waiting:
        found, level = waiting.pop()
        highest = max(highest, level)
        deeper = level + (2 if isinstance(found, Path | Filter) else 1)
        waiting.extend((child, deeper) for child in children(found))
    return highest


def to_data(tree: Tree) -> Data:
    """The tree as plain data for JSON (the shape is at the top of this file)."""
    match tree:
        case Literal(value=float(number)):
            return int(number) if number.is_integer() and abs(number) < 2**53 else number
        case Literal(value=text):
            return text
        case Operation(operator=operator, operands=operands):
            return [operator, *map(to_data, operands)]
        case Call(name=name, arguments=arguments):
            return ["f", name, *map(to_data, arguments)]
        case Filter(base=base, predicates=predicates):
            return ["[", to_data(base), *map(to_data, predicates)]
        case Path(start=start):
            origin = int(tree.absolute) if start is None else to_data(start)
            return ["/", origin, *map(_step_to_data, tree.steps)]


def _step_to_data(step: Step) -> Data:
    return [step.name, *map(to_data, step.predicates)] if step.predicates else step.name


def from_data(data: Data) -> Tree:
    """The tree that :func:`to_data` made; positions are not kept. Trusts its input."""
    if isinstance(data, str):
        return Literal(data)
    if isinstance(data, int | float):
        return Literal(float(data))
    match data:
        case ["f", str(name), *arguments]:
            return Call(name, tuple(map(from_data, arguments)))
        case ["[", base, *predicates]:
            return Filter(from_data(base), tuple(map(from_data, predicates)))
        case ["/", (0 | 1) as origin, *steps]:
            return Path(tuple(map(_step_from_data, steps)), absolute=origin == 1)
        case ["/", start, *steps]:
            return Path(tuple(map(_step_from_data, steps)), start=from_data(start))
        case [str(operator), *operands]:
            return Operation(operator, tuple(map(from_data, operands)))
    raise ValueError("not an expression")


def _step_from_data(data: Data) -> Step:
    match data:
        case str(name):
            return Step(name)
        case [str(name), *predicates]:
            return Step(name, tuple(map(from_data, predicates)))
    raise ValueError("not a step")

"""What an expression may know besides the instance: the moment, chance, language, lists, labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.instance import Node

MAX_VISITS = 500_000
"""Nodes that one evaluation may visit: a filter on every village of Indonesia is 84,000."""

MAX_TEXT = 100_000
"""Characters of a text that a function makes, so that texts cannot grow without end."""


def _no_label(value: str, ref: str) -> str:
    return value


def _no_text(text_id: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything from outside that a result may depend on.

    ``now`` is aware and fixed for as long as one environment is used. ``choice_label`` gets the
    value of a choice and the ref of its question and gives the label in ``language``;
    ``itext`` gives a text of the form by its id. ``instances`` are the roots of the secondary
    instances by name.
    """

    now: datetime
    timezone: ZoneInfo
    random: Random
    language: str = ""
    instances: Mapping[str, Node] = field(default_factory=dict)
    choice_label: Callable[[str, str], str] = _no_label
    itext: Callable[[str], str] = _no_text


class Budget:
    """How many nodes one evaluation may still visit."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MAX_VISITS

    def spend(self, visits: int) -> None:
        """Raises :class:`ExpressionError` when there is nothing left."""
        self.left -= visits
        if self.left < 0:
            raise ExpressionError("too-much-work", limit=MAX_VISITS)


class Scope:
    """Where in an instance a part of an expression is evaluated.

    ``node`` is the context, which changes inside a predicate; ``current`` the node for which the
    whole expression is evaluated; ``position`` the place among the nodes that a predicate filters,
    0 outside one.
    """

    __slots__ = ("budget", "current", "environment", "node", "position", "singles")

    def __init__(
        self,
        node: Node,
        environment: Environment,
        singles: dict[str, Node],
        budget: Budget,
        current: Node,
        position: int,
    ) -> None:
        self.node = node
        self.environment = environment
        self.singles = singles
        self.budget = budget
        self.current = current
        self.position = position

    @classmethod
    def at(cls, node: Node, environment: Environment) -> Scope:
        """The scope of a whole expression."""
        return cls(node, environment, node.root.singles(), Budget(), node, 0)

    def inside(self, node: Node, position: int) -> Scope:
        """The scope of a predicate on ``node``."""
        return Scope(node, self.environment, self.singles, self.budget, self.current, position)

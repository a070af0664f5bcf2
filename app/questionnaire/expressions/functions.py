"""Every function that an expression may call, in one table.

The functions are those of the ODK XForms specification (https://getodk.github.io/xforms-spec/),
without the geographic ones, and a few that real forms use although it leaves them out: ``floor``
and ``ceiling`` of XPath 1.0, ``date-time`` and ``is-selected`` of JavaRosa, and ``trim``.
``add-date``, ``duration``, ``index`` and ``difference-in-months`` exist neither there nor in
JavaRosa and are refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.questionnaire.expressions import dates, nodesets, numbers, patterns, selects, strings
from app.questionnaire.expressions.values import Kind

TEXT, NUMBER, TRUTH, NODES, ANY = Kind.TEXT, Kind.NUMBER, Kind.TRUTH, Kind.NODES, Kind.ANY


@dataclass(frozen=True, slots=True)
class Function:
    """A function: what it returns and what it takes.

    ``implementation`` gets its arguments as str, float, bool, list of nodes or any value, as
    ``parameters`` says; after these come groups of ``rest``. With ``scoped`` it gets the scope
    first. Without an implementation the evaluator builds it, because not every argument is always
    evaluated.
    """

    returns: Kind
    implementation: Callable[..., Any] | None
    parameters: tuple[Kind, ...] = ()
    optional: int = 0
    rest: tuple[Kind, ...] = ()
    scoped: bool = False

    @property
    def minimum(self) -> int:
        """The fewest arguments it takes."""
        return len(self.parameters) - self.optional

    @property
    def maximum(self) -> int:
        """The most arguments it takes; -1 when there is no bound."""
        return -1 if self.rest else len(self.parameters)

    def takes(self, given: int) -> bool:
        """Whether it can be called with so many arguments."""
        if given <= len(self.parameters):
            return given >= self.minimum
        return bool(self.rest) and (given - len(self.parameters)) % len(self.rest) == 0

    def kind_of(self, index: int) -> Kind:
        """The kind of the argument at an index."""
        if index < len(self.parameters):
            return self.parameters[index]
        return self.rest[(index - len(self.parameters)) % len(self.rest)]


def _on_numbers(function: Callable[..., float], count: int = 1) -> Function:
    return Function(NUMBER, numbers.guarded(function), (NUMBER,) * count)


FUNCTIONS: dict[str, Function] = {
    # text
    "string": Function(TEXT, str, (TEXT,)),
    "concat": Function(TEXT, strings.concat, rest=(ANY,)),
    "join": Function(TEXT, strings.join, (TEXT,), rest=(ANY,)),
    "substr": Function(TEXT, strings.substr, (TEXT, NUMBER, NUMBER), optional=1),
    "substring-before": Function(TEXT, strings.substring_before, (TEXT, TEXT)),
    "substring-after": Function(TEXT, strings.substring_after, (TEXT, TEXT)),
    "translate": Function(TEXT, strings.translate, (TEXT, TEXT, TEXT)),
    "string-length": Function(NUMBER, strings.string_length, (TEXT,), optional=1, scoped=True),
    "normalize-space": Function(TEXT, strings.normalize_space, (TEXT,), optional=1, scoped=True),
    "trim": Function(TEXT, strings.trim, (TEXT,)),
    "contains": Function(TRUTH, strings.contains, (TEXT, TEXT)),
    "starts-with": Function(TRUTH, strings.starts_with, (TEXT, TEXT)),
    "ends-with": Function(TRUTH, strings.ends_with, (TEXT, TEXT)),
    "uuid": Function(TEXT, strings.uuid, (NUMBER,), optional=1, scoped=True),
    "digest": Function(TEXT, strings.digest, (TEXT, TEXT, TEXT), optional=1),
    "base64-decode": Function(TEXT, strings.base64_decode, (TEXT,)),
    "pulldata": Function(TEXT, nodesets.pulldata, (TEXT, TEXT, TEXT, TEXT), scoped=True),
    # yes and no
    "if": Function(ANY, None, (TRUTH, ANY, ANY)),
    "coalesce": Function(ANY, None, (ANY, ANY)),
    "once": Function(ANY, None, (ANY,)),
    "true": Function(TRUTH, lambda: True),
    "false": Function(TRUTH, lambda: False),
    "boolean": Function(TRUTH, bool, (TRUTH,)),
    "boolean-from-string": Function(TRUTH, strings.boolean_from_string, (TEXT,)),
    "not": Function(TRUTH, lambda truth: not truth, (TRUTH,)),
    "regex": Function(TRUTH, patterns.matches, (TEXT, TEXT)),
    "checklist": Function(TRUTH, selects.checklist, (NUMBER, NUMBER), rest=(ANY,), scoped=True),
    "weighted-checklist": Function(
        TRUTH, selects.weighted_checklist, (NUMBER, NUMBER), rest=(ANY, ANY), scoped=True
    ),
    # numbers
    "number": Function(NUMBER, float, (NUMBER,)),
    "random": Function(NUMBER, numbers.random, scoped=True),
    "int": Function(NUMBER, numbers.integer, (NUMBER,)),
    "floor": Function(NUMBER, numbers.floor, (NUMBER,)),
    "ceiling": Function(NUMBER, numbers.ceiling, (NUMBER,)),
    "round": Function(NUMBER, numbers.round_to, (NUMBER, NUMBER), optional=1),
    "sum": Function(NUMBER, numbers.total, (NODES,), scoped=True),
    "max": Function(NUMBER, numbers.largest, (ANY,), rest=(ANY,), scoped=True),
    "min": Function(NUMBER, numbers.smallest, (ANY,), rest=(ANY,), scoped=True),
    "pow": Function(NUMBER, numbers.power, (NUMBER, NUMBER)),
    "log": Function(NUMBER, numbers.logarithm, (NUMBER,)),
    "log10": Function(NUMBER, numbers.logarithm10, (NUMBER,)),
    "exp10": Function(NUMBER, numbers.exp10, (NUMBER,)),
    "exp": _on_numbers(math.exp),
    "abs": _on_numbers(math.fabs),
    "sqrt": _on_numbers(math.sqrt),
    "sin": _on_numbers(math.sin),
    "cos": _on_numbers(math.cos),
    "tan": _on_numbers(math.tan),
    "asin": _on_numbers(math.asin),
    "acos": _on_numbers(math.acos),
    "atan": _on_numbers(math.atan),
    "atan2": _on_numbers(math.atan2, 2),
    "pi": Function(NUMBER, numbers.pi),
    # nodes
    "count": Function(NUMBER, nodesets.count, (NODES,)),
    "count-non-empty": Function(NUMBER, nodesets.count_non_empty, (NODES,)),
    "position": Function(NUMBER, nodesets.position, (NODES,), optional=1, scoped=True),
    "instance": Function(NODES, nodesets.instance, (TEXT,), scoped=True),
    "current": Function(NODES, nodesets.current, scoped=True),
    "randomize": Function(NODES, nodesets.randomize, (NODES, NUMBER), optional=1, scoped=True),
    "indexed-repeat": Function(NODES, None, (NODES, NODES, NUMBER), rest=(NODES, NUMBER)),
    # dates and times
    "today": Function(TEXT, dates.today, scoped=True),
    "now": Function(TEXT, dates.now, scoped=True),
    "date": Function(TEXT, dates.date, (ANY,), scoped=True),
    "date-time": Function(TEXT, dates.date_time, (ANY,), scoped=True),
    "decimal-date-time": Function(NUMBER, dates.decimal_date_time, (ANY,), scoped=True),
    "decimal-time": Function(NUMBER, dates.decimal_time, (ANY,), scoped=True),
    "format-date": Function(TEXT, dates.format_date, (ANY, TEXT), scoped=True),
    "format-date-time": Function(TEXT, dates.format_date_time, (ANY, TEXT), scoped=True),
    # choices and their texts
    "selected": Function(TRUTH, selects.selected, (TEXT, TEXT)),
    "is-selected": Function(TRUTH, selects.selected, (TEXT, TEXT)),
    "selected-at": Function(TEXT, selects.selected_at, (TEXT, NUMBER)),
    "count-selected": Function(NUMBER, selects.count_selected, (TEXT,)),
    "jr:choice-name": Function(TEXT, selects.choice_name, (TEXT, TEXT), scoped=True),
    "jr:itext": Function(TEXT, selects.itext, (TEXT,), scoped=True),
}

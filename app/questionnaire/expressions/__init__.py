"""ODK XForms expressions: text → syntax tree → closure, and what can be said without running it.

::

    from app.questionnaire.expressions import Environment, compile_expression, display, parse
    from app.questionnaire.instance import Node

    data = Node.from_data("data", {"name": "Sri", "kid": [{"age": "4"}, {"age": "11"}]})
    environment = Environment(now=…, timezone=ZoneInfo("Asia/Jakarta"), random=Random())

    oldest = compile_expression(parse("max(/data/kid/age)"))    # once, when a form is loaded
    display(oldest(data, environment))                          # "11"; the node is where it stands

A value is a str, a float, a bool or a list of nodes; :func:`to_string`, :func:`to_number` and
:func:`to_boolean` convert it. For a calculate, an output in a label or a default use
:func:`display`, which never says "NaN".

Meaning follows the ODK XForms specification, and JavaRosa where that is silent or Enketo differs.
Whatever is wrong is an :class:`ExpressionError` (codes: ``errors.py``); nothing here reads a clock,
draws a random number of its own, or runs for long. When a form is published, :func:`check` says
what is wrong with an expression, :func:`references` what it reads, and :func:`evaluation_order` in
which order calculated values follow each other.
"""

from app.questionnaire.expressions.analyse import check, evaluation_order, references
from app.questionnaire.expressions.environment import Environment
from app.questionnaire.expressions.errors import ExpressionError
from app.questionnaire.expressions.evaluate import Compiled, compile_expression, evaluate
from app.questionnaire.expressions.syntax import Data, Tree, from_data, parse, to_data
from app.questionnaire.expressions.values import (
    Value,
    display,
    to_boolean,
    to_number,
    to_string,
)

__all__ = [
    "Compiled",
    "Data",
    "Environment",
    "ExpressionError",
    "Tree",
    "Value",
    "check",
    "compile_expression",
    "display",
    "evaluate",
    "evaluation_order",
    "from_data",
    "parse",
    "references",
    "to_boolean",
    "to_data",
    "to_number",
    "to_string",
]

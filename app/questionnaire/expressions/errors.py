"""The one exception of the expression engine. It carries data; words are made elsewhere.

Codes and their params:

======================= ==================================== =======================================
code                    params                               meaning
======================= ==================================== =======================================
empty                                                        nothing but white space
too-long                limit                                more characters than an expression may
too-deep                limit                                nested deeper than an expression may
unexpected-character    found                                a character of no token (often a curly
                                                             quotation mark from a word processor)
unclosed-string                                              a quotation mark without its partner
number-too-large                                             a number that no float can hold
unexpected              found                                a word or sign that cannot stand here
unexpected-end                                               the expression breaks off
unsupported             found                                XPath that ODK XForms leaves out: an
                                                             axis, an attribute, a variable
unknown-function        name
wrong-number-of-arguments name, given, minimum, maximum      maximum is -1 when there is none
not-nodes               name                                 an argument (or a path's start, a part
                                                             of a union) is not a set of nodes
not-a-path              name                                 an argument has to be written as a path
not-an-ancestor         name, path                           indexed-repeat: the group does not hold
                                                             the question
unknown-path            path                                 no such question or group
above-root              path                                 more ``..`` than there are levels
unknown-instance        name                                 no such list of choices or data file
bad-pattern             pattern, reason                      regex(): not a pattern we can match
bad-date-format         found                                format-date(): no such ``%`` escape
unknown-algorithm       name                                 digest(): no such algorithm
unknown-encoding        name                                 digest(): no such encoding
cycle                   members                              values that each need the other first
text-too-long           limit                                a result that nobody could have meant
too-much-work           limit                                visits more nodes than it may
======================= ==================================== =======================================
"""

from __future__ import annotations

Param = str | int | tuple[str, ...]


class ExpressionError(Exception):
    """Something is wrong with an expression: ``code`` says what, ``position`` where.

    ``position`` counts characters from 0 in the text that was parsed.
    """

    def __init__(self, code: str, position: int = 0, **params: Param) -> None:
        super().__init__(code, position, params)
        self.code = code
        self.position = position
        self.params: dict[str, Param] = params

    def at(self, position: int) -> ExpressionError:
        """The same error, at a position if it had none."""
        self.position = self.position or position
        return self

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value!r}" for key, value in self.params.items())
        return f"{self.code} at {self.position}" + (f" ({details})" if details else "")

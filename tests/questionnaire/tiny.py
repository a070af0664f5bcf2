"""The tiny forms of tests/forms, read."""

from __future__ import annotations

from pathlib import Path

from app.questionnaire.model import PLAIN, Form, Output, Question, Text
from app.questionnaire.xform import read_form
from app.questionnaire.xlsform import convert

FORMS = Path(__file__).parents[1] / "forms"


def tiny(name: str, **files: bytes) -> Form:
    """The form in tests/forms/<name>.yaml, with files whose names have ``__`` for the point."""
    given = {key.replace("__", "."): content for key, content in files.items()}
    converted = convert((FORMS / f"{name}.yaml").read_bytes(), files=given)
    return read_form(converted.xml, converted.extras, converted.files)


def asked(form: Form, name: str) -> Question:
    """The question of that name, which there is."""
    question = form.question(name)
    assert question is not None, name
    return question


def words(text: Text | None, language: str = "", form: str = PLAIN) -> str:
    """A text of exactly that language, an output as ``{expression}``; "" when there is none."""
    template = text.versions.get(form, {}).get(language, ()) if text else ()
    return "".join(
        f"{{{part.expression.text}}}" if isinstance(part, Output) else part for part in template
    )

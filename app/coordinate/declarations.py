"""The declaration of each form's indicators: its summary file, or what any form gets."""

from __future__ import annotations

import logging
from functools import lru_cache

from app.catalogue import SHIPPED
from app.questionnaire.model import Form
from app.summaries.declared import SummaryErrors, read_summary
from app.summaries.generic import generic
from app.summaries.indicators import Summary

_log = logging.getLogger(__name__)


@lru_cache(maxsize=64)
def declaration(form: Form) -> Summary:
    """What is declared for a form.

    A form that was changed so that its file no longer fits gets what any form gets; the log says
    why.
    """
    path = SHIPPED / f"{form.id}.summary.yaml"
    if path.parent == SHIPPED and path.is_file():
        try:
            return read_summary(path.read_bytes(), form)
        except SummaryErrors as errors:
            _log.warning("The summary file of %s does not fit the form: %s", form.id, errors)
    return generic(form)


def has_file(form: Form) -> bool:
    """Whether the indicators come from a file of their own."""
    return not declaration(form).digest.startswith("generic")

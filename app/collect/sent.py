"""What a facilitator has sent, from whatever device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from app.accounts import Account
from app.publishing import catalogue
from app.questionnaire.texts import Rendered
from app.respond.sending import receipt_code
from app.respond.words import form_title
from app.responses.receipts import spell
from app.stores import stores

MOST = 200
"""Rows of the list; the latest are shown."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One response in the list."""

    title: Rendered
    when: datetime
    code: str
    spelled: str


def sent_by(account: Account) -> list[Sent]:
    """The responses that this facilitator collected, the latest first."""
    found = [
        (document["submitted"], document["id"], form_id)
        for form_id in catalogue().ids()
        for _key, document in stores()
        .responses(form_id)
        .each(lambda document: document.get("collector") == account.id)
    ]
    return [_row(*one) for one in nlargest(MOST, found)]


def _row(submitted: str, identity: str, form_id: str) -> Sent:
    code = receipt_code(identity)
    title = form_title(catalogue().get(form_id).form)
    return Sent(title, datetime.fromisoformat(submitted), code, spell(code))

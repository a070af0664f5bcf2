"""One request of somebody who answers: the form, what is kept, and the interview over it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import takewhile
from typing import Any
from uuid import uuid4

from flask import url_for
from werkzeug.datastructures import MultiDict

from app import display, languages
from app.questionnaire.fields import PageForm
from app.questionnaire.interview import Circumstances, Interview, Page
from app.questionnaire.model import Form, Kind
from app.respond import unfinished as kept
from app.respond.forms import published
from app.respond.unfinished import Unfinished


@dataclass(slots=True)
class Answering:
    """A person in the middle of a form."""

    form: Form
    unfinished: Unfinished
    interview: Interview

    def page_form(self, page: Page) -> PageForm:
        """The page as it was left: what was typed and is not an answer yet, else the answers."""
        typed = self.unfinished.typed.get(page.id)
        if typed is None:
            return PageForm(self.interview, page)
        return PageForm.posted(self.interview, page, MultiDict(typed))

    def keep_typed(self, page: Page, form: PageForm) -> None:
        """Keep what stands in the boxes though it is no answer yet; the answers stay as they were.

        Boxes that show nothing but the answers are not worth remembering.
        """
        before = resume_interview(self.form, self.unfinished)
        if form.typed() == PageForm(before, before.page(page.id)).typed():
            self.unfinished.typed.pop(page.id, None)
        else:
            self.unfinished.typed[page.id] = form.typed()
        kept.keep(self.unfinished)

    def complete(self, page: Page) -> None:
        """Take the page's answers and go on."""
        self.interview.complete(page.id)
        self.unfinished.typed.pop(page.id, None)
        self._prove_consent(page)
        self.keep()

    def keep(self) -> None:
        """Keep the answers as the interview has them now."""
        self.unfinished.state = self.interview.state()
        self.unfinished.storable = self.interview.storable
        kept.keep(self.unfinished)

    def to_do(self) -> Page | None:
        """The first page that is not finished; None when the answers can be sent."""
        frontier, begun = self.interview.frontier(), self.begun()
        for page in self.interview.pages():
            if page in begun or (frontier and page.id == frontier.id):
                return page
        return None

    def begun(self) -> list[Page]:
        """The pages on which something is typed that is no answer yet."""
        return [page for page in self.interview.pages() if page.id in self.unfinished.typed]

    def next_address(self, page: Page, checking: bool) -> str:
        """Where Next leads: on, or back to the check unless something new must be asked first."""
        form_id = self.form.id
        following = self.to_do() if checking else self.interview.after(page.id)
        if following is not None:
            back: dict[str, Any] = {"from": "check"} if checking else {}
            return url_for("respond.page", form_id=form_id, page_id=following.id, **back)
        if self.interview.ended:
            return url_for("respond.ended", form_id=form_id)
        return url_for("respond.check", form_id=form_id)

    def previous_address(self, page: Page, checking: bool) -> str:
        """Where Back leads."""
        if checking and self.interview.frontier() is None:
            return url_for("respond.check", form_id=self.form.id)
        before = self.interview.before(page.id)
        if before is None:
            return url_for("respond.start", form_id=self.form.id)
        return url_for("respond.page", form_id=self.form.id, page_id=before.id)

    def add_row(self, hub: Page) -> Page:
        """A new row of a repeat; the page on which it begins."""
        row = self.interview.add_row(hub.id)
        self.keep()
        return row

    def remove_row(self, hub: Page, number: str) -> None:
        """Take a row of a repeat away; a number that is none changes nothing."""
        if number.isascii() and number.isdigit() and len(number) < 6:
            self.interview.remove_row(hub.id, int(number))
            inside = f"{hub.id}/"
            typed = self.unfinished.typed
            self.unfinished.typed = {p: t for p, t in typed.items() if not p.startswith(inside)}
            self.keep()

    def _prove_consent(self, page: Page) -> None:
        """Note what was agreed to, when the page asked for it (UU PDP, article 24)."""
        asking = self.form.settings.consent
        if asking and any(asked.question.name == asking for asked in page.asked):
            self.unfinished.consent = {
                "text": consent_text_version(self.interview, page),
                "language": languages.current().tag,
                "means": "screen",
                "time": datetime.now(UTC).isoformat(timespec="seconds"),
            }


def begin(form: Form, prefill: dict[str, str] | None = None, activity: str = "") -> Answering:
    """A new interview; nothing is kept yet."""
    interview = Interview.begin(form, circumstances(), prefill or {})
    started = datetime.now(UTC).isoformat(timespec="seconds")
    new = Unfinished(form.id, form.version, str(uuid4()), started, {}, activity=activity)
    return Answering(form, new, interview)


def resume(form_id: str) -> Answering:
    """The interview that this person has begun.

    Raises:
        Sent, Lost: see ``unfinished.load``.
    """
    found = kept.load(form_id)
    form = published(form_id, found.version).form
    return Answering(form, found, resume_interview(form, found))


def resume_interview(form: Form, found: Unfinished) -> Interview:
    """An interview from its kept state."""
    return Interview.resume(form, circumstances(), found.state)


def circumstances() -> Circumstances:
    """Now, in the language of this request."""
    now, tag, easy = datetime.now(UTC), languages.current().tag, "easy" in display.chosen()
    return Circumstances(now, tag, secrets.SystemRandom(), {}, easy)


def consent_text_version(interview: Interview, page: Page) -> str:
    """A hash of all the words that were read before agreeing, in the language they were read.

    That is the page with the question, and every note on the pages before it.
    """
    before = takewhile(lambda other: other.id != page.id, interview.pages())
    notes = [a for other in before for a in other.asked if a.question.kind is Kind.NOTE]
    heading = interview.heading(page)
    words = [heading.markup if heading else ""]
    for asked in (*notes, *page.asked):
        texts = [interview.label(asked), interview.hint(asked)]
        texts += [interview.text(c.label, asked.node) for c in interview.choices(asked)]
        words += [text.markup for text in texts if text]
    return "sha256:" + sha256("\n".join(words).encode()).hexdigest()

"""A record from the offline app is checked by the same ``Interview`` and kept once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import languages
from app.accounts import Account, Role, signed_in
from app.collect import blueprint, sentences
from app.collect.keys import SealError, open_sealed, private_key
from app.collect.sentences import RefusedError
from app.exchange.submission import consent_page, utc
from app.exchange.submission_values import answer
from app.publishing import catalogue
from app.questionnaire.answers import lexical_value
from app.questionnaire.interview import Circumstances, Interview
from app.questionnaire.model import Form, Question
from app.questionnaire.review import Reviewed
from app.respond.answering import consent_text_version
from app.respond.messages import default_sentences
from app.respond.sending import put_contact, receipt_code
from app.respond.words import answer_words, plain
from app.responses.collection import Conflict, Document, StorageError
from app.responses.receipts import fingerprint, spell
from app.security import csrf
from app.stores import stores

HEADER = "X-Suara-Record"
"""A page of another site cannot send it, so these requests need no token."""

Reply = tuple[Response, int]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is in a record: the interview's state, and its circumstances by the phone's clock."""

    form: str
    version: str
    language: str
    state: dict[str, Any]
    started: datetime
    finished: datetime
    paper: bool
    activity: str

    @classmethod
    def of(cls, content: bytes) -> Sealed:
        """Raises ValueError, KeyError or TypeError for what is none."""
        said = json.loads(content)
        started, finished = (datetime.fromisoformat(said[key]) for key in ("started", "finished"))
        if started.tzinfo is None or finished.tzinfo is None or not isinstance(said["state"], dict):
            raise ValueError
        words = {key: str(said[key]) for key in ("form", "version", "language", "activity")}
        return cls(**words, state=said["state"], started=started, finished=finished,
                   paper=bool(said["paper"]))  # fmt: skip


class ConflictError(Exception):
    """Other answers are kept under the same id; ``theirs`` is what the server has."""

    def __init__(self, theirs: list[Pair]) -> None:
        super().__init__("conflict")
        self.theirs = theirs


class ProblemsError(Exception):
    """The interview does not obey its form; ``problems`` are (question, what to do)."""

    def __init__(self, problems: list[Pair]) -> None:
        super().__init__("problems")
        self.problems = problems


@blueprint.post("/records")
@csrf.exempt
def take_record() -> Reply:
    """One record; the phone lets go of it only after ``kept`` or ``erased``."""
    account = signed_in()
    if HEADER not in request.headers:
        return jsonify(status="refused", words=sentences.unreadable()), 400
    if account is None or account.role is not Role.FACILITATOR:
        return jsonify(status="sign-in", words=_("Sign in again, then send.")), 401
    try:
        return _take(account, request.get_json(silent=True), datetime.now(UTC))
    except RefusedError as refused:
        return jsonify(status="refused", words=refused.words), refused.status
    except ConflictError as conflict:
        words = sentences.conflict()
        return jsonify(status="conflict", words=words, theirs=conflict.theirs), 409
    except ProblemsError as found:
        words = _("Some answers have to be changed before the server can keep them.")
        return jsonify(status="refused", words=words, problems=found.problems), 422
    except StorageError:
        return jsonify(status="later", words=sentences.not_written()), 503


def _take(account: Account, envelope: Any, now: datetime) -> Reply:
    identity, sealed = _opened(account, envelope)
    form = _form(sealed)
    responses = stores().responses(sealed.form)
    if responses.erased(identity):
        return jsonify(status="erased", words=sentences.erased()), 200
    interview = _interview(form, sealed, now)
    document = _document(account, identity, sealed, interview, now)
    found = responses.find(id=identity)
    if found is None:
        _check(interview, sealed, now)
    elif "corrected" in found[1] and found[1].get("collector") == account.id:
        return _kept(identity)
    try:
        responses.add(document)
    except Conflict:
        raise ConflictError(_words_of(form, responses.find(id=identity))) from None
    common = {key: document[key] for key in ("id", "form", "version", "submitted")}
    put_contact(stores().contacts(sealed.form), {**common, "contact": interview.contacts()})
    return _kept(identity)


def _kept(identity: str) -> Reply:
    code = receipt_code(identity)
    return jsonify(status="kept", code=code, spelled=spell(code)), 200


def _opened(account: Account, envelope: Any) -> tuple[str, Sealed]:
    try:
        identity = str(UUID(envelope["id"]))
        by = str(envelope["by"])
        key = private_key(stores().folder / "collect")
        sealed = Sealed.of(open_sealed(key, identity, envelope["sealed"]))
    except (SealError, ValueError, KeyError, TypeError, AttributeError):
        raise RefusedError(400, sentences.unreadable()) from None
    if by != account.id:
        words = _("Another facilitator collected this interview, and can send it after signing in.")
        raise RefusedError(403, words)
    return identity, sealed


def _form(sealed: Sealed) -> Form:
    try:
        return catalogue().get(sealed.form, sealed.version).form
    except KeyError:
        raise RefusedError(404, sentences.unknown_form(sealed.form)) from None


def _interview(form: Form, sealed: Sealed, now: datetime) -> Interview:
    """Rules are applied as of the interview; a phone's clock that is ahead is not believed."""
    languages.use(sealed.language)
    when = min(sealed.finished, now)
    here = Circumstances(when, sealed.language, Random(0), {})
    try:
        return Interview.resume(form, here, sealed.state)
    except (ValueError, TypeError, AttributeError):
        raise RefusedError(400, sentences.unreadable()) from None


def _check(interview: Interview, sealed: Sealed, now: datetime) -> None:
    """Raises RefusedError or ProblemsError when this may not be kept."""
    zone = ZoneInfo(interview.form.settings.timezone)
    days = {min(moment, now).astimezone(zone).date() for moment in (now, sealed.finished)}
    if not any(catalogue().is_open(sealed.form, day) for day in days):
        raise RefusedError(409, sentences.closed())
    if not interview.storable:
        raise RefusedError(403, sentences.not_storable())
    if problems := interview.problems():
        said = default_sentences()
        raise ProblemsError(
            [
                (
                    _label(interview, p.question),
                    plain(p.message) if p.message else said.get(p.code, p.code),
                )
                for p in problems
            ]
        )


def _label(interview: Interview, question: Question) -> str:
    asked = (each for page in interview.pages() for each in page.asked)
    found = next((each for each in asked if each.question is question), None)
    return plain(interview.label(found)) if found else question.name


def _document(
    account: Account, identity: str, sealed: Sealed, interview: Interview, now: datetime
) -> Document:
    means, spoken = (
        lexical_value(answer(interview.form, interview.answers(), name))
        for name in ("f_means", "f_lang")
    )
    page = consent_page(interview)
    finished = utc(min(sealed.finished, now))
    consent = {
        "text": consent_text_version(interview, page) if page else "",
        "language": spoken or sealed.language,
        "means": means or "facilitator",
        "time": finished,
    }
    return {
        "id": identity,
        "form": sealed.form,
        "version": sealed.version,
        "submitted": utc(now),
        "language": sealed.language,
        "channel": _channel(sealed, interview),
        "collector": account.id,
        "activity": sealed.activity,
        "started": utc(min(sealed.started, now)),
        "consent": consent if page else {},
        "answers": interview.answers(),
        "receipt": fingerprint(receipt_code(identity), stores().secret),
    }


def _channel(sealed: Sealed, interview: Interview) -> str:
    if sealed.paper:
        return "paper"
    return "offline" if interview.channel == "self" else interview.channel


def _words_of(form: Form, found: tuple[str, Document] | None) -> list[Pair]:
    """What the server has, to be read beside the phone's version."""
    if found is None:
        return []
    here = Circumstances(datetime.now(UTC), languages.current().tag, Random(0), {})
    reviewed = Interview.of_response(form, here, found[1]["answers"]).review()
    return [_pair(one) for one in reviewed]


def _pair(one: Reviewed) -> Pair:
    return plain(one.label) or one.question.name, answer_words(one).striptags()

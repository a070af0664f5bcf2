"""What the tour of the staff's pages needs: links, and one of everything that has a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask

from app.accounts import Role, links, services
from app.accounts.store import new_account
from app.activities import activities
from app.desk.requests import Kind, requests
from app.publishing import catalogue
from app.retention.certificates import Deleted, certificates
from app.safety.held import Note, held
from app.stores import stores

FORM = "needs-assessment"

UNSEEN = {
    "static", "health.health", "connecting.code", "connecting.own",
    "coordinate.summary_pdf", "coordinate.form_xlsx", "coordinate.form_xml",
    "coordinate.form_original", "coordinate.attached_file", "coordinate.edition_file",
    "coordinate.poster", "coordinate.checked_xlsx", "coordinate.form_paper",
    "respond.own_copy_pdf", "respond.own_file", "respond.media",
    "respond.go_on",
    "coordinate.preview_upload_end", "coordinate.preview_version_end",
    "collect.app_start", "collect.app_shell", "collect.code", "collect.manifest", "collect.taken",
    "collect.taken_form", "collect.views", "collect.worker",
}  # fmt: skip
"""Endpoints that a tour need not look at: files, addresses that only lead on, the offline app."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the tour of one language needs: one-time links, and pages that open by address."""

    coordinator_link: str
    facilitator_link: str
    facilitator: str
    addresses: Mapping[str, str]


def prepare(app: Flask, language: str) -> Work:
    """Make a facilitator, a link for a coordinator, and know what there is to see."""
    now = datetime.now(UTC)
    with app.app_context():
        code = services().accounts.free_code()
        name = f"Fasilitator {language}"
        made = services().accounts.add(new_account(name, Role.FACILITATOR, now, code=code))
        tokens = [links.for_first_account(services(), now)]
        tokens.append(links.for_password(services(), made, now))
        places = {**_places(now), "<account_id>": made.id}
    addresses = _addresses(app, places)
    # Without a language of its own a preview takes the browser's, as a respondent would get it.
    addresses["coordinate.preview_version"] += f"?lang={language}"
    return Work(*(f"/account/link/{token}" for token in tokens), name, addresses)


def _places(now: datetime) -> dict[str, str]:
    """Part of an address → what stands there for something that exists."""
    reachable, reported = _responses()
    deleted = (Deleted(FORM, "answers", 2, "2024-01-01", "2024-02-01"),)
    return {
        "safety/<form_id>/<key>": f"safety/{FORM}/{reported}",
        "<form_id>": FORM,
        "<activity_id>": activities().each()[0].id,
        "responses/<key>": f"responses/{reachable}",
        "version/<key>": f"version/{catalogue().get(FORM).folder.name}",
        "<request_id>": requests().add(Kind.SEE, now).id,
        "certificate/<name>": f"certificate/{certificates().keep(now, 'app', deleted).name}",
    }


def _responses() -> tuple[str, str]:
    """The key of a response whose person may be reached, and of one that tells of harm."""
    reachable = {document["id"] for _, document in stores().contacts(FORM).each()}
    every = {document["id"]: key for key, document in stores().responses(FORM).each()}
    reported = min(every.keys() - reachable)
    held().note(FORM, reported, Note.MARKED)
    return every[min(reachable & every.keys())], every[reported]


def _addresses(app: Flask, places: Mapping[str, str]) -> dict[str, str]:
    """Endpoint → address of every page of coordinators that takes nothing unknown."""
    found = {}
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(("/coordinate", "/safety")) or rule.endpoint in UNSEEN:
            continue
        address = rule.rule
        for place, value in places.items():
            address = address.replace(place, value)
        if "GET" in (rule.methods or ()) and "<" not in address:
            found[rule.endpoint] = address
    return found

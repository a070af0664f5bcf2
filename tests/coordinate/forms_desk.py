"""A coordinator at the page of forms: uploads, reads what was found, tries, publishes."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from flask import Flask
from werkzeug.test import TestResponse

from app.accounts import Role
from tests.coordinate.conftest import signed_in
from tests.respond.person import Person

TINY = b"""
settings:
  - {form_id: house, form_title: {id: Rumah, en: House}}
survey:
  - {type: integer, name: rooms, label: {id: Berapa kamar?, en: How many rooms?}}
"""


class Desk:
    """One coordinator's browser, in one language."""

    def __init__(self, app: Flask, tag: str = "id", name: str = "Sri") -> None:
        self.app = app
        self.client = signed_in(app, Role.COORDINATOR, name)
        self.client.get(f"/coordinate/forms?lang={tag}")

    def upload(
        self, source: bytes = TINY, name: str = "house.yaml", others: Mapping[str, bytes] = {}
    ) -> TestResponse:
        """The page that says what was found."""
        response = self.send(source, name, others)
        assert response.status_code == 302, response.text
        return self.client.get(response.location)

    def send(
        self, source: bytes, name: str = "house.yaml", others: Mapping[str, bytes] = {}
    ) -> TestResponse:
        """What the upload itself answers."""
        self.client.get("/coordinate/forms/upload")
        files = [(io.BytesIO(content), other) for other, content in others.items()]
        data = {"file": (io.BytesIO(source), name), "others": files}
        return self.client.post(
            "/coordinate/forms/upload", data=data, content_type="multipart/form-data"
        )

    def publish(self, checked: TestResponse) -> TestResponse:
        """The page of the form that was published."""
        return self.press(checked, "publish")

    def press(self, page: TestResponse, action: str) -> TestResponse:
        """Press the button whose form leads to an address that ends so."""
        found = re.search(rf'action="([^"]+/{action})"', page.text)
        assert found, f"no button for {action}"
        self.client.get(page.request.path)
        return self.client.post(found[1], data={}, follow_redirects=True)

    def preview(self, page: TestResponse, number: int = 0) -> Person:
        """Somebody who follows the first link to a preview on a page."""
        links = re.findall(r'href="([^"]*preview/f/[^"]*)"', page.text)
        person = Person(self.app)
        person.client = self.client
        return person.open(links[number].replace("&amp;", "&"))

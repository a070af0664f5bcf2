"""Somebody with a browser without JavaScript, who can only use what the page offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.conftest import LintingClient
from tests.linting import text_of

Answers = Mapping[str, str | list[str]]


class Person:
    """Reads the page, fills in its boxes and presses its buttons; follows every redirect."""

    def __init__(self, app: Flask) -> None:
        client = app.test_client()
        assert isinstance(client, LintingClient)
        self.client = client
        self.response: TestResponse
        self.page: Element

    def open(self, address: str) -> Person:
        return self._read(self.client.get(address, follow_redirects=True))

    def begin(self, form_id: str) -> Person:
        return self.open(f"/f/{form_id}").press("start")

    def fill(self, answers: Answers) -> MultiDict[str, str]:
        """What the browser would post: what stands in the boxes, changed by ``answers``."""
        filled = self.boxes()
        for name, value in answers.items():
            assert self.has_box(name), f"no box {name!r} on {self.path}"
            filled.setlist(name, [value] if isinstance(value, str) else value)
        return filled

    def next(self, answers: Answers | None = None, **more: str | list[str]) -> Person:
        return self.press("page", "next", {**(answers or {}), **more})

    def press(
        self,
        form_id: str,
        button: str | None = None,
        answers: Answers | None = None,
        name: str = ":do",
        headers: Mapping[str, str] | None = None,
    ) -> Person:
        form = self.page.find(f".//form[@id='{form_id}']")
        assert form is not None, f"no form {form_id!r} on {self.path}"
        data = self.fill(answers or {})
        if button is not None:
            pressed = [b for b in self.page.iter("button") if b.get("value") == button]
            assert any(b.get("name") == name for b in pressed), f"no button {button!r}"
            data[name] = button
        address = form.get("action") or self.address
        response = self.client.post(
            address, data=data, headers=dict(headers or {}), follow_redirects=True
        )
        return self._read(response)

    def open_posted(
        self, data: Mapping[str, str | list[str]] | bytes, content_type: str | None = None
    ) -> Person:
        """Send something to this page that its form cannot send."""
        response = self.client.post(
            self.address, data=data, content_type=content_type, follow_redirects=True
        )
        return self._read(response)

    def post(self, data: MultiDict[str, Any]) -> Person:
        """Send the page's form with these boxes, among which there may be files."""
        form = self.page.find(".//form[@id='page']")
        assert form is not None, f"no form on {self.path}"
        kind = form.get("enctype")
        response = self.client.post(
            form.get("action") or self.address, data=data, content_type=kind, follow_redirects=True
        )
        return self._read(response)

    def boxes_of_page(self) -> set[str]:
        """The names of all boxes, filled in or not."""
        controls = ("input", "select", "textarea")
        return {e.get("name", "") for e in self.page.iter() if e.tag in controls} - {""}

    def press_link(self, words: str) -> Person:
        """Follow the link with these words."""
        links = {text_of(a): a.get("href", "") for a in self.page.iter("a")}
        assert words in links, f"no link {words!r} on {self.path}: {list(links)}"
        return self.open(links[words])

    def copy(self) -> Person:
        """The same browser at this moment: what it sends next arrives beside, not after."""
        other = Person(self.client.application)
        other.client._cookies = dict(self.client._cookies)
        other.client.token = self.client.token
        other.response, other.page = self.response, self.page
        return other

    def has_button(self, value: str) -> bool:
        return any(b.get("value") == value for b in self.page.iter("button"))

    def has_text_box(self, name: str) -> bool:
        texts = ("text", "tel")
        return any(
            e.get("name") == name and (e.tag == "textarea" or e.get("type") in texts)
            for e in self.page.iter()
        )

    def first_choices(self) -> dict[str, str]:
        """The first choice of every radio, checkbox and select on the page."""
        found: dict[str, str] = {}
        for control in self.page.iter():
            name = control.get("name") or ""
            if control.get("type") in ("radio", "checkbox"):
                found.setdefault(name, control.get("value", ""))
            elif control.tag == "select":
                found.setdefault(name, list(control.iter("option"))[1].get("value", ""))
        return found

    def switch(self, tag: str, answers: Answers | None = None) -> Person:
        return self.press("page", tag, answers, name="lang")

    def boxes(self) -> MultiDict[str, str]:
        """Every successful control of the page."""
        found: MultiDict[str, str] = MultiDict()
        for control in self.page.iter():
            name = control.get("name")
            if not name or control.tag not in ("input", "select", "textarea"):
                continue
            if control.get("type") in ("radio", "checkbox"):
                if "checked" in control.attrib:
                    found.add(name, control.get("value", "on"))
            elif control.tag == "select":
                found.add(name, _selected(control))
            elif control.tag == "textarea":
                found.add(name, control.text or "")
            else:
                found.add(name, control.get("value", ""))
        return found

    def has_box(self, name: str) -> bool:
        return any(e.get("name") == name for e in self.page.iter() if e.tag != "button")

    @property
    def address(self) -> str:
        request = self.response.request
        query = request.query_string.decode()
        return request.path + (f"?{query}" if query else "")

    @property
    def path(self) -> str:
        return self.response.request.path

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def title(self) -> str:
        return (self.page.findtext(".//title") or "").strip()

    @property
    def heading(self) -> str:
        heading = self.page.find(".//h1")
        return "" if heading is None else text_of(heading)

    @property
    def words(self) -> str:
        main = self.page.find(".//main")
        return "" if main is None else text_of(main)

    @property
    def problems(self) -> dict[str, str]:
        """The error summary: id of a control → message."""
        links = self.page.findall(".//div[@role='alert']//a")
        return {link.get("href", "").removeprefix("#"): text_of(link) for link in links}

    def control(self, identity: str) -> Element:
        found = self.page.find(f".//*[@id='{identity}']")
        assert found is not None, f"nothing has id {identity!r}"
        return found

    def _read(self, response: TestResponse) -> Person:
        self.response = response
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.page = parser.parse(response.text)
        return self


def _selected(control: Element) -> str:
    options = list(control.iter("option"))
    chosen = next((o for o in options if "selected" in o.attrib), options[0])
    return chosen.get("value", "")

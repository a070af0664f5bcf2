"""Collect and Enketo as they talk to a server: their headers, their bodies, what they insist on.

The shapes are those of ODK Collect 2024.3 (OkHttp) and Enketo Express 7.6, read in their sources.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from flask import Flask
from lxml import etree
from werkzeug.test import Client, TestResponse

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
RESPONSE = "{http://openrosa.org/http/response}"

COLLECT = {
    "User-Agent": "org.odk.collect.android/v2024.3.4 Dalvik/2.1.0 (Linux; U; Android 13; SM-A135F)",
    "X-OpenRosa-Version": "1.0",
    # A 12-hour clock and words of the phone's language: nobody may parse it.
    "Date": "Sen, 02 Mar 2026 07:15:00 PM GMT+07:00",
    "Accept-Encoding": "gzip",
    "Connection": "Keep-Alive",
}
ENKETO = {
    "User-Agent": "Enketo/7.6.4 Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36",
    "X-OpenRosa-Version": "1.0",
    "Date": "Mon, 02 Mar 2026 12:15:00 GMT",
    "Cookie": "__enketo_meta_deviceid=s%3Aenketo.org%3Aabc; __enketo_meta_username=anonymous",
    "Accept-Language": "en-GB,en;q=0.9,id;q=0.5",
}

DEVICE = "?deviceID=collect%3AmTqXJrVgDcnBqPCt"
Files = Mapping[str, bytes]


class Unreadable(AssertionError):
    """Collect would have shown an error."""


@dataclass
class Phone:
    """A client as strict as Collect; ``base`` is the server address it was given."""

    app: Flask
    base: str
    headers: Mapping[str, str] = field(default_factory=lambda: dict(COLLECT))
    query: str = DEVICE

    def open(self, method: str, address: str, **more: object) -> TestResponse:
        response = Client(self.app).open(
            address.removeprefix("http://localhost") + self.query,
            method=method,
            headers={**self.headers, **more.pop("headers", {})},  # type: ignore[dict-item]
            **more,  # type: ignore[arg-type]
        )
        return read(response)

    def forms(self, query: str = "") -> list[dict[str, str]]:
        """The form list, refused where Collect refuses it."""
        address = f"{self.base}/formList"
        response = Client(self.app).get(
            address.removeprefix("http://localhost") + query, headers=dict(self.headers)
        )
        assert read(response).status_code == 200
        return entries(response, LIST, "xforms", "xform", {"formID", "name", "downloadUrl", "hash"})

    def manifest(self, address: str) -> list[dict[str, str]]:
        wanted = {"filename", "hash", "downloadUrl"}
        return entries(self.get(address), MANIFEST, "manifest", "mediaFile", wanted)

    def get(self, address: str) -> TestResponse:
        response = self.open("GET", address)
        assert response.status_code == 200, response.text
        return response

    def may_send(self) -> bool:
        """What Collect asks before it sends; anything but 204 is no OpenRosa server to it."""
        response = self.open("HEAD", f"{self.base}/submission")
        assert response.data == b""
        return response.status_code == 204

    def send(self, xml: bytes, files: Files | None = None, *, incomplete: bool = False) -> Reply:
        """One request as Collect makes it."""
        parts: list[Part] = [
            ("xml_submission_file", "Kunjungan_2026-03-02_19-15-00.xml", "text/xml", xml)
        ]
        for name, content in (files or {}).items():
            parts.append((name, name, "image/jpeg", content))
        if incomplete:
            parts.append(("*isIncomplete*", None, "text/plain; charset=UTF-8", b"yes"))
        return self.post(parts)

    def post(self, parts: Sequence[Part]) -> Reply:
        body, kind = multipart(parts)
        response = self.open("POST", f"{self.base}/submission", data=body, content_type=kind)
        return Reply(response)


Part = tuple[str, "str | None", str, bytes]


@dataclass(frozen=True)
class Reply:
    """What Collect makes of a reply to a submission."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def accepted(self) -> bool:
        """200 is a failure to Collect."""
        return self.status in (201, 202)

    @property
    def words(self) -> str:
        root = etree.fromstring(self.response.data)
        assert root.tag == f"{RESPONSE}OpenRosaResponse"
        message = root.find(f"{RESPONSE}message")
        assert message is not None
        assert message.get("nature") == ("submit_success" if self.accepted else "error")
        return message.text or ""


def read(response: TestResponse) -> TestResponse:
    """A reply with its headers checked, unpacked as OkHttp does it unasked."""
    check_headers(response)
    if response.headers.get("Content-Encoding") == "gzip" and response.data:
        response.data = gzip.decompress(response.data)
    return response


def check_headers(response: TestResponse) -> None:
    """OpenRosa's headers, on every reply."""
    headers = response.headers
    assert headers["X-OpenRosa-Version"] == "1.0"
    assert headers["X-OpenRosa-Accept-Content-Length"] == "10000000"
    assert re.fullmatch(r"[a-z]{2}", headers["Content-Language"])
    assert headers["Date"].endswith(" GMT")
    assert parsedate_to_datetime(headers["Date"]).tzinfo is not None
    assert len(headers.getlist("Date")) == 1
    assert "Set-Cookie" not in headers
    if "/media/" not in response.request.path:
        assert headers["Content-Type"] == "text/xml; charset=utf-8"


def entries(
    response: TestResponse, space: str, root_name: str, name: str, wanted: set[str]
) -> list[dict[str, str]]:
    """Read a list as Collect does: one incomplete entry spoils the whole."""
    root = etree.fromstring(response.data)
    if root.tag != space + root_name:
        raise Unreadable(root.tag)
    found = []
    for entry in root.iter(f"{space}{name}"):
        values = {str(each.tag).removeprefix(space): (each.text or "").strip() for each in entry}
        if any(not values.get(each) for each in wanted) or not values["hash"].startswith("md5:"):
            raise Unreadable(str(values))
        found.append(values)
    return found


def multipart(parts: Sequence[Part]) -> tuple[bytes, str]:
    """A body as OkHttp writes it, and its Content-Type."""
    boundary = "d8f3f3a0-7b1c-4f3e-9f64-0d9a6b1f2c11"
    body = b""
    for name, filename, kind, content in parts:
        named = "" if filename is None else f'; filename="{filename}"'
        body += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n'
            f"Content-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
        ).encode()
        body += content + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"

"""Somebody who fills in whatever a page asks for: reads its controls, tries again when told to.

It knows nothing of any form: only what its HTML says.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

from tests.respond.person import Person
from tests.respond.samples import SAMPLES

MOST_PAGES = 3000
TRIES = 80
SWITCHED = 5
"""The language is changed on every so manieth page."""
LONG_TRY = 12
MOST_SHARES = 20
"""After so many tries the trouble may lie on an earlier page."""
WORDS = (
    "Sri", "12", "2", "08:30", "1", "a b c", "-7.7, 114.0", "0812 3456 7890", "x@y.id", "2026",
    "0", "30", "100", "08123456789", "2010", "150", "+6281234567890", "1000",
)  # fmt: skip
NUMBERS = ("2", "1", "5", "30", "0", "100", "10", "3", "36", "2010", "150", "1000", "7")
YEARS = ("2026", "1990", "2025", "2000")

EXAMPLE = re.compile(r"(?:Contoh|Example): (.+)\.$")

Filled = dict[str, object]


class Stuck(AssertionError):
    """No answer was found that the page accepts."""


class Robot:
    """Answers one form on the web to its end."""

    def __init__(self, person: Person, rng: random.Random, languages: tuple[str, ...] = ()) -> None:
        self.person = person
        self._rng = rng
        self._languages = languages
        self._tries: dict[str, int] = {}
        self.met: list[str] = []

    def answer_all(self, form_id: str) -> None:
        """From the start page to the list of answers; switches the language on the way."""
        person = self.person.begin(form_id)
        while not person.path.endswith("/check"):
            assert person.status == 200, f"{person.path}: {person.status}"
            if len(self.met) > MOST_PAGES:
                raise Stuck(f"no end after {self.met[-5:]}")
            self._page()

    def _page(self) -> None:
        person, path = self.person, self.person.path
        self.met.append(path)
        if self._languages and not person.problems and len(self.met) % SWITCHED == 1:
            tag = self._languages[len(self.met) // SWITCHED % len(self._languages)]
            if any(b.get("value") == tag for b in person.page.iter("button")):
                person.switch(tag)
        if person.has_button("add") and self._rng.random() < 0.3:
            self._press("add")
            return
        self._press("next", self._answers())
        tries = self._tries[path] = self._tries.get(path, 0) + 1
        if tries > TRIES:
            raise Stuck(f"{path}: {person.problems}")
        if person.problems and (tries % LONG_TRY == 0 or not self._controls()):
            self._share_again(path)

    def _share_again(self, path: str) -> None:
        """Earlier shares do not make up the whole: the first gets all of it, the others nothing."""
        for _ in range(MOST_SHARES):
            self.person.press("page", "back")
            if not self._controls():
                break
        share = "100"
        while self.person.path != path:
            names = [n for n, c in self._controls().items() if c[0].get("inputmode")]
            self._press("next", self._answers() | dict.fromkeys(names, share))
            share = "0" if names else share

    def _press(self, button: str, filled: Filled | None = None) -> None:
        """As the person does, with files."""
        person = self.person
        data = person.boxes()
        for name, value in (filled or {}).items():
            data.setlist(name, value if isinstance(value, list) else [value])  # type: ignore[arg-type]
        data[":do"] = button
        person.post(data)

    def _answers(self) -> Filled:
        """New answers for every box, or only for those that are wrong."""
        wrong = {identity.removeprefix("q-") for identity in self.person.problems}
        found: Filled = {}
        for name, controls in self._controls().items():
            stem = name.rpartition("-")[0]
            if wrong and not (
                {name, stem} & wrong or any(stem and w.startswith(stem) for w in wrong)
            ):
                continue
            if (value := self._value(name, controls)) is not None:
                found[name] = value
        return {**found, **self._places()}

    def _controls(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for control in self.person.page.iter():
            name = control.get("name", "")
            shown = name[:1] not in ("", ":") and control.get("type") != "hidden"
            if shown and control.tag in ("input", "select", "textarea"):
                found.setdefault(name, []).append(control)
        return found

    def _value(self, name: str, controls: list[Element]) -> object:
        control, rng = controls[0], self._rng
        sort = control.tag if control.tag != "input" else control.get("type", "text")
        offered = list(self._offered(controls))
        if sort == "radio" or sort == "select":
            return rng.choice(offered) if offered else ""
        if sort == "checkbox":
            removes = name.endswith("-remove")
            return None if removes else rng.sample(offered, rng.randint(1, min(3, len(offered))))
        if sort == "file":
            return self._file(control)
        if name.endswith(("-day", "-month")):
            return str(rng.randint(1, 12))
        if name.endswith("-year"):
            return rng.choice(YEARS)
        if name.endswith("-time"):
            return "08:30"
        likely = NUMBERS if control.get("inputmode") else WORDS
        if not self.person.problems:
            return rng.choice(likely[:3])
        tried = self._tries[name] = self._tries.get(name, 0) + 1
        told = EXAMPLE.search(self.person.problems.get(f"q-{name}", ""))
        if told and tried == 1:
            return told[1]
        return likely[tried % len(likely)]

    def _offered(self, controls: list[Element]) -> Iterator[str]:
        for control in controls:
            if control.tag == "select":
                yield from (v for o in control.iter("option") if (v := o.get("value", "")))
            else:
                yield control.get("value", "")

    def _file(self, control: Element) -> tuple[BytesIO, str]:
        wanted = control.get("accept", "").partition("/")[0]
        name, content = SAMPLES.get(wanted, SAMPLES["file"])
        return BytesIO(content), name

    def _places(self) -> Filled:
        """Every choice of a ranking gets a number of its own."""
        found: Filled = {}
        for fieldset in self.person.page.iter("fieldset"):
            places = [p for p in fieldset.iter("div") if p.get("class") == "place"]
            boxes = [box for place in places for box in place.iter("input")]
            numbers = self._rng.sample(range(1, len(boxes) + 1), len(boxes))
            found |= {b.get("name", ""): str(n) for b, n in zip(boxes, numbers, strict=True)}
        return found

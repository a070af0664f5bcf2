"""What must hold on every HTML page that any test fetches; each rule yields sentences.

The numbers are those of the project's accessibility checklist.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib

Rule = Callable[[Element], Iterator[str]]
CONTROLS = {"input", "select", "textarea", "button"}
UNNAMED_TYPES = {"hidden"}
HANDLER = re.compile(r"on[a-z]+$")

# Frequent words that the other language does not have: a text with two of them is in it.
WORDS = {
    "id": "yang dan anda untuk tidak dengan jawaban ini itu kami adalah atau dari boleh",
    "en": "the and your you for not with answers this that we are or from may is of to",
}


def lint(html: str) -> list[str]:
    """Every rule that a page breaks, as sentences; none when all is well."""
    try:
        root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    except html5lib.html5parser.ParseError as error:
        return [f"not valid HTML: {error}"]
    return [problem for rule in RULES for problem in rule(root)]


def text_of(element: Element) -> str:
    """The words of an element; a line break keeps words apart."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    yield " " if element.tag == "br" else element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _by_id(root: Element) -> dict[str, Element]:
    return {name: element for element in root.iter() if (name := element.get("id"))}


def _one_of_each(root: Element) -> Iterator[str]:
    for name, wanted in (("h1", 1), ("main", 1), ("title", 1)):
        found = len(root.findall(f".//{name}"))
        if found != wanted:
            yield f"{found} <{name}>, wanted {wanted}"


def _title_begins_with_heading(root: Element) -> Iterator[str]:
    title, heading = root.findtext(".//title") or "", root.find(".//h1")
    if heading is None:
        return
    for optional in heading.findall(".//*[@class='optional']"):
        optional.clear()
    words = re.sub(r"^(Error|Kesalahan): ", "", " ".join(title.split()))
    # A title shows … for an answer that the heading repeats: histories are not private.
    parts = words.split(" – ")
    begins = (" – ".join(parts[:count]) for count in range(1, len(parts) + 1))
    shown = (re.sub(r"(\\ )?…", ".*", re.escape(begin)) for begin in begins)
    if not any(re.fullmatch(each, text_of(heading)) for each in shown):
        yield f"title {title!r} does not begin with the h1 {text_of(heading)!r}"


def _unique_ids(root: Element) -> Iterator[str]:
    counted = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (f"id {name!r} is there {n} times" for name, n in counted.items() if n > 1)


def _references_exist(root: Element) -> Iterator[str]:
    known = _by_id(root)
    for element in root.iter():
        for attribute in ("for", "form", "aria-describedby", "aria-labelledby", "aria-controls"):
            for target in (element.get(attribute) or "").split():
                if target not in known:
                    yield f"<{element.tag} {attribute}={target!r}> leads nowhere"
        href = element.get("href") or ""
        if href.startswith("#") and href[1:] not in known:
            yield f"link {href!r} leads nowhere"


def _names(root: Element) -> Iterator[str]:
    known = _by_id(root)
    labelled = {e.get("for") for e in root.iter("label") if text_of(e)}
    wrapped = {c for label in root.iter("label") if text_of(label) for c in label.iter()}
    for element in root.iter():
        if element.tag not in CONTROLS | {"a"} or element.get("type") in UNNAMED_TYPES:
            continue
        if element.tag == "a" and "href" not in element.attrib:
            continue
        by = [text_of(known[i]) for i in element.get("aria-labelledby", "").split() if i in known]
        own = text_of(element) if element.tag in ("a", "button") else ""
        if not (
            own
            or element.get("aria-label")
            or any(by)
            or element.get("id") in labelled
            or element in wrapped
        ):
            yield f"<{element.tag} name={element.get('name')!r}> has no accessible name"


def _choices_have_a_question(root: Element) -> Iterator[str]:
    grouped = {
        control
        for fieldset in root.iter("fieldset")
        if (legend := fieldset.find("legend")) is not None and text_of(legend)
        for control in fieldset.iter("input")
    }
    for control in root.iter("input"):
        if control.get("type") == "radio" and control not in grouped:
            yield f"radio {control.get('name')!r} is in no fieldset with a legend"
    boxes = [c for c in root.iter("input") if c.get("type") == "checkbox"]
    for name, n in Counter(c.get("name") for c in boxes).items():
        if n > 1 and any(c not in grouped for c in boxes if c.get("name") == name):
            yield f"checkboxes {name!r} are in no fieldset with a legend"


def _nothing_inline(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline <{element.tag}>"
        for attribute in element.attrib:
            if attribute == "style" or HANDLER.match(attribute):
                yield f"<{element.tag} {attribute}=…> is inline"
        for attribute in ("src", "href", "action", "poster"):
            if re.match(r"(https?:)?//", element.get(attribute, "")) and element.tag != "a":
                yield f"<{element.tag}> loads from another host: {element.get(attribute)}"


def _errors_are_tied(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.get("aria-invalid") == "true" and element.tag in CONTROLS | {"fieldset"}:
            described = element.get("aria-describedby", "")
            if not described and element.tag != "input":
                yield f"<{element.tag} name={element.get('name')!r}> is wrong but says not why"
    summary = root.find(".//*[@role='alert']")
    if root.find(".//*[@aria-invalid='true']") is not None and summary is None:
        yield "something is wrong but there is no error summary"


def _skip_link(root: Element) -> Iterator[str]:
    first = next((e for e in root.iter() if e.tag in CONTROLS | {"a"}), None)
    if first is None or first.get("href") != "#main":
        yield "the first control is not a link to #main"


def _languages(root: Element) -> Iterator[str]:
    tag = root.get("lang") or ""
    if not tag:
        yield "html has no lang"
    yield from _mixed(root, tag)


def _mixed(element: Element, inherited: str) -> Iterator[str]:
    tag = element.get("lang", inherited)
    texts = [element.text, *(child.tail for child in element)]
    texts += [element.get(name) for name in ("aria-label", "alt", "title", "placeholder")]
    # No part of a title can be marked, and it names the form in the form's own language.
    if isinstance(element.tag, str) and element.tag not in ("script", "style", "title"):
        for text in filter(None, texts):
            words = set(re.findall(r"[a-z]+", text.lower()))
            for other, known in WORDS.items():
                if other != tag and tag in WORDS and len(words.intersection(known.split())) >= 2:
                    yield f"{text.strip()!r} is marked {tag!r} but looks {other!r}"
        for child in element:
            yield from _mixed(child, tag)


RULES: tuple[Rule, ...] = (
    _one_of_each,
    _title_begins_with_heading,
    _unique_ids,
    _references_exist,
    _names,
    _choices_have_a_question,
    _nothing_inline,
    _errors_are_tied,
    _skip_link,
    _languages,
)

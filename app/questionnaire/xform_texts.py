"""Texts of an XForm: itext in its languages, texts written in place, and our own further ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from app.questionnaire.extras import Words
from app.questionnaire.model import PLAIN, Expression, Output, Template, Text
from app.questionnaire.xform_languages import tag_of, tags
from app.questionnaire.xform_xml import child, elements, local

Compile = Callable[[str], "Expression | None"]
"""Reads an expression; None (and a problem noted elsewhere) when it cannot be read."""

MISSING = "-"
"""What pyxform writes where a translation is missing (its ``_add_empty_translations``)."""

_ITEXT = re.compile(r"""\s*jr:itext\(\s*(['"])(.*?)\1\s*\)\s*""", re.DOTALL)
_PLACE = re.compile(r"\$\{([^}]*)\}")
_MEDIA = re.compile(r"jr://[\w-]+/")


class Texts:
    """Every text of one XForm by its itext id.

    ``languages`` are the tags, the default first. ``inline`` is the tag of texts that are written
    in place: the form's default language where it says one, else unknown.
    """

    def __init__(self, model: etree._Element, default_language: str, compile_: Compile) -> None:
        self._compile = compile_
        itext = child(model, "itext")
        translations = [] if itext is None else list(elements(itext))
        translations.sort(key=lambda each: "true" not in each.get("default", ""))
        named = tags(each.get("lang", "") for each in translations)
        self.inline = tag_of(default_language)
        self.languages = tuple(named.values()) or (self.inline,)
        self._named = named
        self.by_id = self._read(translations)

    def _read(self, translations: list[etree._Element]) -> dict[str, Text]:
        found: dict[str, dict[str, dict[str, Template]]] = {}
        for translation in translations:
            tag = self._named[translation.get("lang", "")] or self.inline
            for text in elements(translation):
                forms = found.setdefault(text.get("id", ""), {})
                for value in elements(text):
                    form = value.get("form") or PLAIN
                    forms.setdefault(form, {})[tag] = self._template(value, form)
        return {id_: Text(_said(forms)) for id_, forms in found.items()}

    def _template(self, value: etree._Element, form: str) -> Template:
        if form in ("", "guidance", "short", "long"):
            return self.template(value)
        return (_MEDIA.sub("", "".join(value.itertext()).strip()),)

    def template(self, element: etree._Element) -> Template:
        """The text inside an element with its outputs, without white space around it."""
        parts: list[str | Output] = [element.text or ""]
        for each in elements(element):
            written = each.get("value") or each.get("ref") or ""
            if local(each) == "output" and (expression := self._compile(written)):
                parts.append(Output(expression))
            parts.append(each.tail or "")
        return _trimmed(parts)

    def referred(self, written: str) -> Text | None:
        """The text that ``jr:itext('id')`` refers to. Raises KeyError when there is none."""
        id_ = _ITEXT.fullmatch(written)
        return self.by_id[id_[2]] if id_ else None

    def of(self, element: etree._Element | None) -> Text | None:
        """The text of a label, hint or message element; None when it is empty.

        Raises KeyError when it refers to a text that the form does not have.
        """
        if element is None:
            return None
        if written := element.get("ref", ""):
            return self.referred(written)
        return self.plain(self.template(element))

    def plain(self, template: Template) -> Text | None:
        """A text that is written in place."""
        return Text({PLAIN: {self.inline: template}}) if template else None

    def of_columns(self, cells: Mapping[str, str], column: str) -> Text | None:
        """The text in the columns ``label_id``, ``label_en``, … or in the column ``label``."""
        by_tag = {tag: (cells.get(f"{column}_{tag}", "").strip(),) for tag in self.languages}
        said: dict[str, Template] = {
            tag: template for tag, template in by_tag.items() if template[0]
        }
        if said:
            return Text({PLAIN: said})
        written = cells.get(column, "").strip()
        return self.plain((written,)) if written else None

    def with_words(self, text: Text | None, words: Words | None) -> Text | None:
        """A text with our own further forms of it (extras.py)."""
        if not words:
            return text
        versions = dict(text.versions) if text else {}
        for form, by_language in words.items():
            versions[form] = self._in_order(
                {self._tag(language): self._own(text) for language, text in by_language.items()}
            )
        return Text(versions)

    def _tag(self, language: str) -> str:
        return self._named.get(language) or tag_of(language) or self.inline

    def _own(self, text: str) -> Template:
        parts: list[str | Output] = []
        for index, part in enumerate(_PLACE.split(text)):
            if index % 2 == 0:
                parts.append(part)
            elif expression := self._compile(part):
                parts.append(Output(expression))
        return _trimmed(parts)

    def _in_order(self, by_tag: Mapping[str, Template]) -> dict[str, Template]:
        known = [tag for tag in self.languages if tag in by_tag]
        return {tag: by_tag[tag] for tag in [*known, *by_tag]}


def _said(forms: Mapping[str, Mapping[str, Template]]) -> dict[str, dict[str, Template]]:
    """The forms without translations that are missing; "-" in every language is really meant."""
    kept = {}
    for form, by_tag in forms.items():
        said = {tag: t for tag, t in by_tag.items() if t and t != (MISSING,)}
        if not said and form == PLAIN:
            said = {tag: template for tag, template in by_tag.items() if template}
        if said:
            kept[form] = said
    return kept


def _trimmed(parts: list[str | Output]) -> Template:
    return tuple(_without_empty(parts))


def _without_empty(parts: list[str | Output]) -> Iterator[str | Output]:
    last = len(parts) - 1
    for index, part in enumerate(parts):
        if isinstance(part, str):
            part = part.lstrip() if index == 0 else part
            part = part.rstrip() if index == last else part
        if part != "":
            yield part

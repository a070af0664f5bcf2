"""Choices of an XForm: lists in secondary instances, in files beside the form, or in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from app.questionnaire.extras import Words
from app.questionnaire.model import Choice, Itemset, Text
from app.questionnaire.problems import FormErrors, problem
from app.questionnaire.xform_files import read_items
from app.questionnaire.xform_texts import Compile, Texts
from app.questionnaire.xform_xml import child, elements, local, without_namespaces

ITEMSETS = "itemsets.csv"
"""The file of ``select_one_external``: one table for all its lists, in the column list_name."""

_INSTANCE = re.compile(r"""(?:randomize\(\s*)?instance\(\s*(['"])(.*?)\1\s*\)""")
_WHOLE_LIST = re.compile(r"""\s*instance\(\s*(['"])(.*?)\1\s*\)/root/item\s*""")
_BY_ITEXT = re.compile(r"jr:itext\(\s*([\w.-]+)\s*\)")


class Lists:
    """The lists of choices of one XForm.

    ``external`` maps an instance to the file it comes from; ``missing`` are files not given.
    """

    def __init__(
        self,
        model: etree._Element,
        texts: Texts,
        files: Mapping[str, bytes],
        words: Mapping[str, Mapping[str, Words]],
    ) -> None:
        self._texts = texts
        self._files = files
        self._words = words
        self.external: dict[str, str] = {}
        self.roots: dict[str, etree._Element] = {}
        self.choices: dict[str, tuple[Choice, ...]] = {}
        self._named: dict[tuple[str, str, str], str] = {}
        for instance in list(elements(model)):
            if local(instance) == "instance" and instance.get("id"):
                self._add(instance)

    def _add(self, instance: etree._Element) -> None:
        id_, source = instance.get("id", ""), instance.get("src", "")
        root = next(elements(instance), None)
        if root is not None:
            self.roots[id_] = without_namespaces(root)
        elif source.startswith("jr://instance/"):
            self.roots[id_] = etree.Element("root")  # last-saved: we never keep earlier answers
        else:
            self.external[id_] = source.rpartition("/")[2]
            self.roots[id_] = self._from_file(id_)

    def _from_file(self, id_: str) -> etree._Element:
        name = self.external[id_]
        if name not in self._files:
            return etree.Element("root")
        return read_items(name, self._files[name], id_ if name == ITEMSETS else "")

    @property
    def instances(self) -> dict[str, str]:
        """The XML of each secondary instance, without namespaces."""
        return {id_: etree.tostring(root, encoding="unicode") for id_, root in self.roots.items()}

    def itemset(self, control: etree._Element, ref: str, compile_: Compile) -> Itemset | None:
        """Where the choices of a select come from; None when it has none."""
        if query := control.get("query", ""):
            return self._external_itemset(query, compile_)
        itemset = child(control, "itemset")
        if itemset is None:
            return self._in_place(control, ref)
        nodeset = itemset.get("nodeset", "")
        value, label = _ref(itemset, "value", "name"), _ref(itemset, "label", "label")
        by_itext = _BY_ITEXT.search(label)
        column = by_itext[1] if by_itext else label
        found = _INSTANCE.match(nodeset.strip())
        if not found:
            return Itemset("", compile_(nodeset), value, column)
        name = self._list(found[2], value, column)
        whole = _WHOLE_LIST.fullmatch(nodeset)
        return Itemset(name, None if whole else compile_(nodeset), value, column)

    def _external_itemset(self, query: str, compile_: Compile) -> Itemset | None:
        found = _INSTANCE.match(query.strip())
        if not found:
            return None
        if found[2] not in self.roots:
            self.external[found[2]] = ITEMSETS
            self.roots[found[2]] = self._from_file(found[2])
        return Itemset(self._list(found[2], "name", "label"), compile_(query))

    def _in_place(self, control: etree._Element, ref: str) -> Itemset | None:
        items = [each for each in elements(control) if local(each) == "item"]
        if not items:
            return None
        self.choices[ref] = tuple(
            Choice(_text(child(item, "value")), self._texts.of(child(item, "label")) or Text({}))
            for item in items
        )
        return Itemset(ref)

    def _list(self, id_: str, value: str, label: str) -> str:
        """The name under which the choices are kept: the list's, unless other columns are used."""
        if id_ not in self.roots:
            raise FormErrors([problem("instance_missing", name=id_)])
        key = (id_, value, label)
        if key not in self._named:
            self._named[key] = self._name(*key)
        return self._named[key]

    def _name(self, id_: str, value: str, label: str) -> str:
        choices = tuple(self._choices(id_, value, label))
        if self.choices.setdefault(id_, choices) == choices:
            return id_
        name = f"{id_} ({value}, {label})"
        self.choices[name] = choices
        return name

    def _choices(self, id_: str, value: str, label: str) -> Iterator[Choice]:
        words = self._words.get(id_, {})
        for item in elements(self.roots[id_]):
            cells = {local(each): each.text or "" for each in elements(item)}
            name = cells.get(value, "")
            text = self._texts.with_words(self._label(cells, label), words.get(name))
            extra = {key: cell for key, cell in cells.items() if key not in (value, label)}
            yield Choice(name, text or Text({}), extra)

    def _label(self, cells: Mapping[str, str], label: str) -> Text | None:
        if label == "itextId":
            return self._texts.by_id.get(cells.get(label, ""))
        return self._texts.of_columns(cells, label)


def _ref(itemset: etree._Element, name: str, default: str) -> str:
    found = child(itemset, name)
    return default if found is None else str(found.get("ref", default))


def _text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()

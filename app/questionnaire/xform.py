"""XForm XML → ``Form``: the only reader of the contract that a published form is.

Takes what pyxform writes and other XForms that follow the ODK XForms specification
(https://getodk.github.io/xforms-spec/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from app.questionnaire.expressions import ExpressionError, parse
from app.questionnaire.extras import Extras
from app.questionnaire.model import (
    PLAIN,
    Element,
    Expression,
    Form,
    Group,
    Itemset,
    Kind,
    Question,
    Repeat,
    Settings,
    SetValue,
    Template,
    Text,
)
from app.questionnaire.problems import FormErrors, Problem, problem
from app.questionnaire.xform_body import Body, set_values
from app.questionnaire.xform_check import check_form, expression_problem
from app.questionnaire.xform_controls import (
    UNSUPPORTED,
    bind_type,
    class_of,
    is_true,
    kind_of,
    parameters_of,
)
from app.questionnaire.xform_lists import Lists
from app.questionnaire.xform_texts import Texts
from app.questionnaire.xform_xml import (
    JAVAROSA,
    OPENROSA,
    attribute,
    child,
    elements,
    local,
    parse_xml,
    part,
    primary_instance,
)

_TABLE_LABEL = "generated_table_list_label_"


def read_form(
    xml: bytes, extras: Extras | None = None, files: Mapping[str, bytes] | None = None
) -> Form:
    """The form that an XForm describes, with our own columns and the files that belong to it.

    A file that is not given is an empty list (``missing_files`` tells). Raises FormErrors with
    every problem found: unreadable or cyclic expressions, names of nothing, unsupported types.
    """
    reader = _Reader(parse_xml(xml), extras or Extras(), files or {})
    form = reader.form()
    found = [*reader.problems, *check_form(form)]
    if found:
        raise FormErrors(found)
    return form


def missing_files(form: Form, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Files that the form needs for its choices and does not have."""
    return tuple(sorted(set(form.external.values()) - set(files)))


class _Reader:
    """One reading of one XForm. Problems are collected, so that all are told at once."""

    def __init__(self, root: etree._Element, extras: Extras, files: Mapping[str, bytes]) -> None:
        self.problems: list[Problem] = []
        self._extras = extras
        head, body = part(root, "head"), part(root, "body")
        self._model = part(head, "model")
        self._title = child(head, "title")
        self._instance = primary_instance(root)
        self._place = ("", "label")
        language = extras.settings.get("default_language", "")
        self._texts = Texts(self._model, language, self._compile)
        self._lists = Lists(self._model, self._texts, files, extras.choices)
        self._binds = self._read_binds()
        self._body = Body(body)

    # -- the form

    def form(self) -> Form:
        root = self._instance
        group = self._group(root, f"/{local(root)}")
        return Form(
            id=root.get("id", "") or local(root),
            version=root.get("version", "") or attribute(root, "version", OPENROSA),
            title=self._titles(),
            languages=self._texts.languages,
            root=group,
            lists=self._lists.choices,
            texts=self._texts.by_id,
            set_values=tuple(self._set_values()),
            external=self._lists.external,
            instances=self._lists.instances,
            settings=self._settings(group.ref),
        )

    def _titles(self) -> Text:
        written = "" if self._title is None else "".join(self._title.itertext()).strip()
        words = {PLAIN: dict(self._extras.titles)} if self._extras.titles else None
        plain: Template = (written,) if written else ()
        return self._texts.with_words(self._texts.plain(plain), words) or Text({})

    def _settings(self, ref: str) -> Settings:
        said = self._extras.settings
        plain = ("place", "consent", "safety", "opens", "closes", "controller", "timezone")
        return Settings(
            store_if=self._expression(said.get("store_if", ""), ref, "store_if"),
            channel=self._expression(said.get("channel", ""), ref, "channel"),
            keep_days=int(said["keep_days"]) if said.get("keep_days", "").isdecimal() else None,
            **{name: said[name] for name in plain if name in said},
        )

    # -- expressions

    def _expression(self, written: str, ref: str, column: str) -> Expression | None:
        """Compile what stands in ``column`` of the question at ``ref``; None when empty."""
        self._place = (ref, column)
        return self._compile(written) if written.strip() else None

    def _compile(self, written: str) -> Expression | None:
        ref, column = self._place
        text = written.strip()
        try:
            return Expression(text, parse(text))
        except ExpressionError as error:
            self.problems.append(expression_problem(error, text, ref, column))
            return None

    # -- binds and body

    def _read_binds(self) -> dict[str, Mapping[str, str]]:
        binds: dict[str, Mapping[str, str]] = {}
        for bind in elements(self._model):
            if local(bind) == "bind":
                ref = bind.get("nodeset", "") or bind.get("ref", "")
                binds[ref] = {str(name): str(value) for name, value in bind.attrib.items()}
        return binds

    # -- elements

    def _children(self, node: etree._Element, ref: str) -> tuple[Element, ...]:
        """What a node holds: in the order of the body, with unseen questions where they stand."""
        places: dict[str, int] = {}
        place = -1
        found: dict[str, etree._Element] = {}
        for each in elements(node):
            inner = f"{ref}/{local(each)}"
            if inner in found and attribute(each, "template") == "":
                continue
            found[inner] = each
            place = self._body.order.get(inner, place)
            places[inner] = place
        ordered = sorted(found, key=lambda inner: places[inner])
        return tuple(self._element(found[inner], inner) for inner in ordered)

    def _element(self, node: etree._Element, ref: str) -> Element:
        control = self._body.controls.get(ref)
        name = "" if control is None else local(control)
        if name == "repeat" and control is not None:
            return self._repeat(node, ref, control)
        if name == "group" or next(elements(node), None) is not None:
            return self._group(node, ref)
        return self._question(node, ref)

    def _group(self, node: etree._Element, ref: str) -> Group:
        control = self._body.controls.get(ref)
        label, children = _with_table_label(self._label(control, ref), self._children(node, ref))
        return Group(
            ref=ref,
            children=children,
            label=label,
            hint=self._text(control, "hint", ref),
            relevant=self._bound(ref, "relevant"),
            appearances=_appearances(control),
        )

    def _repeat(self, node: etree._Element, ref: str, control: etree._Element) -> Repeat:
        wrapper = control.getparent()
        labelled = control if child(control, "label") is not None else wrapper
        return Repeat(
            ref=ref,
            children=self._children(node, ref),
            label=self._label(labelled, ref),
            hint=self._text(labelled, "hint", ref),
            relevant=self._bound(ref, "relevant"),
            count=self._expression(attribute(control, "count"), ref, "repeat_count"),
            appearances=_appearances(control) | _appearances(wrapper),
        )

    def _question(self, node: etree._Element, ref: str) -> Question:
        bind, control = self._binds.get(ref, {}), self._body.controls.get(ref)
        default = (node.text or "").strip()
        kind = kind_of(control, bind, fixed=bool(default or bind.get("calculate")))
        label = self._label(control, ref)
        if kind.selects and "label" in _appearances(control):
            kind = Kind.NOTE if label else Kind.HIDDEN  # the head of a grid, never answered
        if bind_type(bind) in UNSUPPORTED:
            self._report("type_unsupported", ref, "type", type=bind_type(bind))
        own = self._extras.questions.get(ref, {})
        return Question(
            ref=ref,
            kind=kind,
            label=label,
            hint=self._text(control, "hint", ref),
            itemset=self._itemset(control, ref) if kind.selects else None,
            relevant=self._bound(ref, "relevant"),
            required=self._bound(ref, "required"),
            required_message=self._message(ref, "requiredMsg"),
            constraint=self._bound(ref, "constraint"),
            constraint_message=self._message(ref, "constraintMsg"),
            calculate=self._bound(ref, "calculate"),
            readonly=is_true(bind.get("readonly", "")),
            readonly_if=self._bound(ref, "readonly"),
            default=default.removeprefix("jr://images/"),
            preload=_preload(bind),
            appearances=_appearances(control),
            parameters=parameters_of(control, bind),
            data_class=class_of(kind, own.get("class", "")),
            autocomplete=own.get("autocomplete", ""),
        )

    def _bound(self, ref: str, name: str) -> Expression | None:
        """An expression of the bind; one that says what holds anyway is none."""
        written = self._binds.get(ref, {}).get(name, "")
        anyway = {"required": "false()", "relevant": "true()", "constraint": "true()"}
        if written.strip() == anyway.get(name) or (name == "readonly" and _constant(written)):
            return None
        return self._expression(written, ref, "calculation" if name == "calculate" else name)

    # -- texts

    def _label(self, control: etree._Element | None, ref: str) -> Text | None:
        text = self._text(control, "label", ref)
        self._place = (ref, "easy_read")
        return self._texts.with_words(text, self._extras.texts.get(ref))

    def _text(self, control: etree._Element | None, name: str, ref: str) -> Text | None:
        self._place = (ref, name)
        if control is None:
            return None
        try:
            return self._texts.of(child(control, name))
        except KeyError as error:
            self._report("text_missing", ref, name, id=error.args[0])
            return None

    def _message(self, ref: str, name: str) -> Text | None:
        column = "required_message" if name == "requiredMsg" else "constraint_message"
        self._place = (ref, column)
        written = self._binds.get(ref, {}).get(f"{{{JAVAROSA}}}{name}", "")
        try:
            return self._texts.referred(written) or self._texts.plain(_words(written))
        except KeyError as error:
            self._report("text_missing", ref, column, id=error.args[0])
            return None

    def _itemset(self, control: etree._Element | None, ref: str) -> Itemset | None:
        self._place = (ref, "choice_filter")
        if control is None:
            return None
        try:
            return self._lists.itemset(control, ref, self._compile)
        except FormErrors as errors:
            for found in errors.problems:
                self._report(found.code, ref, "type", **found.params)
            return None

    # -- actions

    def _set_values(self) -> Iterator[SetValue]:
        for action in set_values(self._model, self._body.element):
            value = self._expression(action.value, action.ref, "default")
            if value is not None:
                yield SetValue(action.ref, action.event, value, action.trigger)

    def _report(self, code: str, ref: str, column: str, **params: str) -> None:
        self.problems.append(replace(problem(code, question=ref, column=column), params=params))


def _with_table_label(
    label: Text | None, children: tuple[Element, ...]
) -> tuple[Text | None, tuple[Element, ...]]:
    """Give a table-list its label back, which pyxform puts into a note of its own."""
    first = children[0] if children else None
    if label or not isinstance(first, Question) or not first.name.startswith(_TABLE_LABEL):
        return label, children
    return first.label, (replace(first, kind=Kind.HIDDEN, label=None), *children[1:])


def _appearances(control: etree._Element | None) -> frozenset[str]:
    return frozenset() if control is None else frozenset(control.get("appearance", "").split())


def _preload(bind: Mapping[str, str]) -> tuple[str, str] | None:
    kind = bind.get(f"{{{JAVAROSA}}}preload", "")
    return (kind, bind.get(f"{{{JAVAROSA}}}preloadParams", "")) if kind else None


def _constant(written: str) -> bool:
    return is_true(written) or written.strip() in ("false()", "false", "0")


def _words(written: str) -> Template:
    return (written.strip(),) if written.strip() else ()

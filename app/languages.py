"""Interface languages: which there are, which one a person gets, and its tag and direction.

A language exists when ``translations/<tag>`` has a catalog; adding one needs no code. It is chosen
by ``?lang=``, then by the switch of a posted page (a ``lang`` field), then by cookie, then by
Accept-Language, then by the installation's default.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, force_locale
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

COOKIE = "language"
FIELD = "lang"
YEAR = 365 * 24 * 3600
DAY = "d MMMM y"
"""17 August 2026, in English too: "August 17" is how only some of its readers write it."""


@dataclass(frozen=True, slots=True)
class Language:
    """An interface language: BCP 47 tag, its name in its own words, and ``ltr`` or ``rtl``."""

    tag: str
    name: str
    direction: str

    @classmethod
    def of(cls, tag: str) -> Language:
        locale = Locale.parse(tag, sep="-")
        name = locale.get_display_name(locale) or tag
        return cls(tag, name[0].upper() + name[1:], locale.text_direction)


def init_app(app: Flask, translations: Path, default: str, timezone: str) -> None:
    """Make the languages of ``translations`` available, ``default`` first.

    Raises:
        ValueError: there is no catalog for the default language.
    """
    compile_catalogs(translations)
    languages = find_languages(translations, default)
    if default not in languages:
        raise ValueError(f"SUARA_LANGUAGE={default!r}: {translations} has no such language.")
    app.extensions["languages"] = languages
    Babel(
        app,
        date_formats={**Babel.default_date_formats, "date.long": DAY},
        default_locale=default,
        default_timezone=timezone,
        default_translation_directories=str(translations),
        locale_selector=lambda: current().tag.replace("-", "_"),
    )
    app.after_request(_remember)
    app.jinja_env.globals["lang"] = lang
    app.context_processor(lambda: {"language": current(), "language_links": switch_links()})


def find_languages(translations: Path, default: str) -> dict[str, Language]:
    """Every language with a catalog, by tag, the default first and the others by name."""
    tags = {path.parent.parent.name for path in translations.glob("*/LC_MESSAGES/messages.po")}
    found = [Language.of(tag.replace("_", "-")) for tag in tags]
    found.sort(key=lambda language: (language.tag != default, language.name))
    return {language.tag: language for language in found}


def available() -> Mapping[str, Language]:
    """The interface languages of this installation by tag."""
    found: Mapping[str, Language] = current_app.extensions["languages"]
    return found


def current() -> Language:
    """The language that the person of this request reads."""
    if "language" not in g:
        g.language = available()[_choose(available())]
    language: Language = g.language
    return language


def use(tag: str) -> None:
    """Read this request in ``tag`` from here on, when there is such a language."""
    if tag in available():
        g.language = available()[tag]


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Say everything in ``tag``, whatever language the person of this request reads.

    For documents, which have one language; needs an application context, not a request.

    Raises:
        ValueError: there is no such language.
    """
    if tag not in available():
        raise ValueError(f"no interface language {tag!r}")
    before = g.get("language")
    use(tag)
    try:
        with force_locale(tag.replace("-", "_")):
            yield
    finally:
        if before is None:
            g.pop("language", None)
        else:
            g.language = before


def not_ours() -> None:
    """The language of this request was chosen for the pages of another application (a preview)."""
    g.others_language = True


def switch_pressed() -> bool:
    """Whether this post comes from the language switch: keep what was typed, do nothing else."""
    return request.method == "POST" and request.form.get(FIELD) in available()


def switch_links() -> list[tuple[Language, str]]:
    """Each language with this page's own address in it (the rest of the query is kept)."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != FIELD]
    path = quote(request.script_root + request.path)
    return [
        (language, f"{path}?{urlencode([*kept, (FIELD, tag)])}")
        for tag, language in available().items()
    ]


def lang(tag: str | None) -> Markup:
    """The ``lang`` and ``dir`` attributes of a text, where it is not in the page's language.

    WCAG 2.2, 3.1.2. An empty tag (a form that does not say its language) is HTML's own mark of an
    unknown language, so that nobody takes it for the page's; None is the page's.
    """
    if tag is None or tag == current().tag:
        return Markup("")
    if not tag:
        return Markup(' lang=""')
    try:
        direction = Locale.parse(tag, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        direction = "auto"
    turned = "" if direction == current().direction else f' dir="{direction}"'
    return Markup(f' lang="{escape(tag)}"{turned}')


def _choose(languages: Mapping[str, Language]) -> str:
    asked = (request.args.get(FIELD), _posted(), request.cookies.get(_cookie()))
    known = next((tag for tag in asked if tag in languages), None)
    return known or request.accept_languages.best_match(list(languages)) or next(iter(languages))


def _cookie() -> str:
    name: str = current_app.config.get("LANGUAGE_COOKIE", COOKIE)
    return name


def _posted() -> str | None:
    if request.method != "POST":
        return None
    try:
        return request.form.get(FIELD)
    except HTTPException:  # too large to read: the error page needs a language all the same
        return None


def _remember(response: Response) -> Response:
    """Keep the language in a cookie once a person has chosen it."""
    chosen = request.args.get(FIELD) or _posted()
    if chosen and chosen in available() and "others_language" not in g:
        response.set_cookie(
            _cookie(),
            chosen,
            max_age=YEAR,
            path=current_app.config["SESSION_COOKIE_PATH"] or "/",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def compile_catalogs(translations: Path) -> None:
    """Write the ``.mo`` file of every catalog that has none or an older one."""
    for source in translations.glob("*/LC_MESSAGES/messages.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    """Written under another name first: workers start at the same time and read it at once."""
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.parent.name)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        write_mo(file, catalog)
    os.chmod(name, 0o644)
    os.replace(name, target)

"""How pages look to one person: larger text, contrast, calm, easy words, listening.

The choices are made on a page that needs no JavaScript and are kept in a cookie, whose value is
their names. They become classes of the html element, and bring a style sheet of their own: a page
on which nothing is chosen carries none of it. Settings of the phone are followed in any case.
"""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from app.languages import YEAR, switch_pressed

COOKIE = "display"
CHOICES = {
    "large": _("Larger text"),
    "contrast": _("Stronger contrast"),
    "calm": _("Calm: nothing moves"),
    "easy": _("Easy words, where the form has them"),
    "listen": _("Buttons that read questions aloud, if your phone has the voice"),
}
"""Name in the cookie, in the form and of the class → what it does."""
SHELL = "collect.app_shell"
"""The offline app's page, which the phone keeps for whoever uses it next."""

blueprint = Blueprint("display", __name__)


def init_app(app: Flask) -> None:
    """Register the page, and tell every template what is chosen."""
    app.register_blueprint(blueprint)
    app.context_processor(
        lambda: {"display": chosen(), "display_address": url_for("display.choices", back=here())}
    )


def chosen() -> tuple[str, ...]:
    """The names of this person's choices, in the order of ``CHOICES``."""
    kept = request.cookies.get(COOKIE, "").split(".")
    return () if request.endpoint == SHELL else tuple(name for name in CHOICES if name in kept)


def here() -> str:
    """The address of this request, or on the page of the choices the one that it came from."""
    if request.endpoint == "display.choices":
        return _back()
    return request.script_root + request.full_path.rstrip("?")


@blueprint.get("/display")
def choices() -> str:
    """What there is to choose."""
    return _page(chosen())


@blueprint.post("/display")
def choose() -> Response | str:
    """Keep the choices, and go back to where the person was."""
    ticked = tuple(name for name in CHOICES if name in request.form)
    if switch_pressed():
        return _page(ticked)
    return _keep(redirect(_back()), ticked)


def _page(ticked: tuple[str, ...]) -> str:
    return render_template("display.html", choices=CHOICES, ticked=ticked, back=_back())


def _keep(reply: Response, names: tuple[str, ...]) -> Response:
    path = current_app.config["SESSION_COOKIE_PATH"] or "/"
    if not names:
        reply.delete_cookie(COOKIE, path=path)
        return reply
    reply.set_cookie(
        COOKIE,
        ".".join(names),
        max_age=YEAR,
        path=path,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return reply


def _back() -> str:
    asked = request.args.get("back", "")
    return asked if is_ours(asked) else url_for("respond.home")


def is_ours(address: str) -> bool:
    """Whether an address is that of a page of this site: never a way out, never only for posts.

    Browsers take a backslash for a slash and leave out line breaks, so nothing is let through but
    printable ASCII that begins with one slash.
    """
    odd = not address.isascii() or not address.isprintable() or "\\" in address
    root = request.script_root
    if odd or not address.startswith(f"{root}/") or address.startswith("//"):
        return False
    path = address.removeprefix(root).partition("?")[0].partition("#")[0]
    try:
        adapter = current_app.create_url_adapter(request)
        return adapter is not None and bool(adapter.match(path, method="GET"))
    except (HTTPException, RequestRedirect):
        return False

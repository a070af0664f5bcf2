"""Who is signed in, and what that lets them see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from app.accounts.model import Account, Role, Session
from app.accounts.services import services

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
_TOKEN = "account"
_PAGE_TOKEN = "csrf_token"


def signed_in() -> Account | None:
    """The account of this request. Reads nothing for a browser that never signed in."""
    _look()
    account: Account | None = g.account
    return account


def this_session() -> Session | None:
    """The session of this request."""
    _look()
    found: Session | None = g.account_session
    return found


def sign_in(account: Account) -> None:
    """Sign this browser in. An unfinished interview in its cookie stays, the page token not."""
    session.pop(_PAGE_TOKEN, None)
    session[_TOKEN] = services().sessions.start(account.id, datetime.now(UTC))
    g.pop("account", None)


def sign_out() -> None:
    """End this browser's session, here and on the server."""
    if found := this_session():
        services().sessions.end(found.token_hash)
    for name in (_TOKEN, _PAGE_TOKEN):
        session.pop(name, None)
    g.pop("account", None)


def requires(*roles: Role) -> Callable[[View], View]:
    """Let only these roles in (any role when none is named); others learn why not.

    Somebody who is not signed in is asked to, and then comes back to the page.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            account = signed_in()
            if account is None:
                return redirect(url_for("accounts.sign_in_page", next=_this_page()))
            if roles and account.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return cast(View, guarded)

    return decorate


def local_page(target: str) -> str | None:
    r"""``target`` if it is the path of a page of ours, so that nobody is sent elsewhere.

    Browsers read ``//host``, ``/\host`` and paths with tabs in them as other hosts.
    """
    parts = urlsplit(target)
    odd = any(ord(character) <= 32 or character == "\\" for character in target)
    if odd or parts.scheme or parts.netloc or not target.startswith("/") or target[:2] == "//":
        return None
    pages = current_app.create_url_adapter(request)
    assert pages is not None
    try:
        pages.match(parts.path, method="GET")
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return None
    return target


def _this_page() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def _look() -> None:
    if "account" in g:
        return
    g.account = g.account_session = None
    token = session.get(_TOKEN)
    if isinstance(token, str):
        g.account_session = services().sessions.find(token, datetime.now(UTC))
    if g.account_session is not None:
        g.account = services().accounts.get(g.account_session.account)

"""What every reply carries and every request must obey: headers, cookies, tokens, size limits."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.settings import Settings

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Form answers and codes must not travel in a Referer, yet CSRF checks need one at home.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

TRANSPORT = "max-age=31536000"
"""A year over HTTPS only; without subdomains, which may belong to others."""

csrf = CSRFProtect()
"""A blueprint whose clients are no browsers exempts itself: ``csrf.exempt(blueprint)``."""


def init_app(app: Flask, settings: Settings) -> None:
    """Set cookies, size limits, CSRF protection and headers."""
    app.config.update(
        SESSION_COOKIE_NAME="suara",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        MAX_CONTENT_LENGTH=settings.body_limit,
        MAX_FORM_MEMORY_SIZE=settings.body_limit,
        # A page may stay open for days: the token lives as long as the session (WCAG 2.2.1).
        WTF_CSRF_TIME_LIMIT=None,
        # The token and SameSite protect; a browser that sends no Referer is let in.
        WTF_CSRF_SSL_STRICT=False,
    )
    csrf.init_app(app)
    app.after_request(_set_headers)
    if settings.secure:
        app.after_request(_only_over_tls)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops
        )


def _only_over_tls(response: Response) -> Response:
    response.headers.setdefault("Strict-Transport-Security", TRANSPORT)
    return response


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response

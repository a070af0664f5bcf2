"""Invented people who answer the shipped forms, so that a newcomer sees the whole thing at work.

Nobody here exists. The shares are believable, not researched: a network in East Java that reaches
many people with disabilities, most of them around Situbondo.
"""

from __future__ import annotations

from flask import Flask

from app.demo.folder import is_demo
from app.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Let every page say that its data are invented, where they are."""
    app.jinja_env.globals["demonstration"] = is_demo(settings.data)

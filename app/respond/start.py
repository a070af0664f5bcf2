"""The open forms, and how a person starts with one or goes on with it."""

from __future__ import annotations

from flask import render_template

from app.respond import blueprint


@blueprint.get("/")
def home() -> str:
    return render_template("respond/home.html")

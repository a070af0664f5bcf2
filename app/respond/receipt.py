"""What a person can do after sending: keep the code, see, correct or delete the answers."""

from __future__ import annotations

from flask import render_template

from app.respond import blueprint


@blueprint.get("/receipt")
def receipt() -> str:
    return render_template("respond/receipt.html")

"""What the commands share: the application, its addresses, and errors as plain sentences."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, current_app

from app import create_app
from app.backup.archive import BackupProblemError
from app.backup.keys import KeyProblemError
from app.demo.folder import WrongFolderError
from app.demo.interviewing import CannotAnswerError
from app.responses.collection import StorageError, StorageFull, Unreadable
from app.settings import Settings, SettingsError
from app.summaries.press import TypesettingError

P = ParamSpec("P")
R = TypeVar("R")


def with_app(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the application of the current settings."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with create_app().app_context():
            return command(*args, **kwargs)

    return run


def settings() -> Settings:
    """The current application's settings."""
    found: Settings = current_app.extensions["settings"]
    return found


def address(app: Flask, path: str = "") -> str:
    """The full address of a path, as people reach this installation."""
    own: Settings = app.extensions["settings"]
    host = f"[{own.host}]" if ":" in own.host else own.host
    return (own.url or f"http://{host}:{own.port}") + path


def path_of(app: Flask, endpoint: str, **values: str) -> str:
    """The path of a page, outside a request."""
    return app.url_map.bind("").build(endpoint, values)


def plain_sentence(error: Exception) -> str:
    """What went wrong and what helps, without a traceback."""
    if isinstance(error, SettingsError):
        return f"The settings are not right:\n{error}"
    if isinstance(
        error, WrongFolderError | CannotAnswerError | BackupProblemError | KeyProblemError
    ):
        return str(error)
    if isinstance(error, StorageFull):
        return f"The disk is full; nothing was changed. Make room and try again. ({error})"
    if isinstance(error, Unreadable):
        return f"The file {error.name} is damaged. Nothing was changed; restore it from a backup."
    if isinstance(error, StorageError):
        return f"The data folder cannot be used: {error}"
    if isinstance(error, TypesettingError):
        return "The PDF could not be made. What is written above says why."
    if isinstance(error, OSError):
        return f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
    return (
        f"Something unexpected happened ({type(error).__name__}: {error}). "
        "Put --debug after suara to see where."
    )

"""The fixtures of the coordinator's pages: a folder with answers."""

from __future__ import annotations

from tests.coordinate.conftest import answered, settings

__all__ = ["answered", "settings"]

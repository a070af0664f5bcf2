"""The fixtures of the coordinator's pages: the log is about what happens there."""

from __future__ import annotations

from tests.coordinate.conftest import answered, coordinator, settings

__all__ = ["answered", "coordinator", "settings"]

"""The fixtures of the coordinator's pages."""

from __future__ import annotations

from tests.coordinate.conftest import answered, coordinator, settings

__all__ = ["answered", "coordinator", "settings"]

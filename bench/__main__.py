"""``python -m bench [pages] [storage] [summaries] [forms]``: everything, or what is named."""

from __future__ import annotations

import sys
from importlib import import_module

from bench.table import show

PARTS = {
    "pages": "Pages: bytes, requests and time",
    "storage": "Storage: one more response",
    "summaries": "Summaries of 10,000 responses",
    "forms": "Forms: publishing and rules of the largest one",
}


def main(names: list[str]) -> int:
    """Measure the named parts; exit status 1 when a bar is not kept."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
        return 2
    kept = [show(PARTS[name], import_module(f"bench.{name}").measure()) for name in names or PARTS]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

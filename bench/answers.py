"""Many stored responses: those of the demo's people, again and again under new ids."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import orjson
from tinydb import TinyDB

from app.responses.segments import MOST_DOCUMENTS, segment_path
from bench.server import ROOT, SUARA

INVENTED = 120


def fill(data: Path, form_id: str, number: int) -> Path:
    """A demo folder beside ``data`` with ``number`` responses to the form; returns the folder."""
    subprocess.run(
        [SUARA, "demo", "--only-fill", "--responses", str(INVENTED)],
        cwd=ROOT,
        env=os.environ | {"SUARA_DATA": str(data)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    folder = data.with_name(f"{data.name}-demo")
    _write(folder / "responses" / form_id, number)
    return folder


def _write(folder: Path, number: int) -> None:
    people = [dict(row) for path in sorted(folder.glob("*.json")) for row in _rows(path)]
    for path in folder.glob("*"):
        if path.is_file():
            path.unlink()
    documents = (
        {**person, "id": str(UUID(int=count)), "receipt": f"{count:064x}"}
        for count, person in enumerate(itertools.islice(itertools.cycle(people), number))
    )
    for segment, rows in enumerate(_batches(documents), start=1):
        table = {str(place): row for place, row in enumerate(rows, start=1)}
        segment_path(folder, segment).write_bytes(orjson.dumps({"_default": table}))
    os.sync()


def _rows(path: Path) -> list[dict[str, object]]:
    with TinyDB(path, access_mode="r") as database:
        return [dict(row) for row in database.all()]


def _batches(documents: Iterator[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    while batch := list(itertools.islice(documents, MOST_DOCUMENTS)):
        yield batch

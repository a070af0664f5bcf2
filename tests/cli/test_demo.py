"""``suara demo``: invented answers in a folder of their own, and what can be read off them."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pikepdf
import pytest

from app.demo.folder import MARKER, is_demo
from tests.cli.conftest import Suara
from tests.cli.test_serve import SUARA, free_port, lines_until

COUNT = "24"


@pytest.fixture
def invented(suara: Suara, data: Path) -> Path:
    """The folder that a small demo fills; commands read from it from now on."""
    result = suara("demo", "--responses", COUNT, "--only-fill")
    assert result.exit_code == 0, result.output
    return data.with_name("data-demo")


def documents(folder: Path) -> list[dict[str, object]]:
    files = sorted(folder.glob("responses/*/0*.json"))
    return [each for file in files for each in json.loads(file.read_bytes())["_default"].values()]


def test_it_never_touches_the_folder_of_real_answers(invented: Path, data: Path) -> None:
    assert is_demo(invented)
    assert not data.exists()
    assert len(documents(invented)) == int(COUNT)


def test_the_same_seed_gives_the_same_people(
    suara: Suara, invented: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = [document["answers"] for document in documents(invented)]
    for seed, same in (("1", True), ("2", False)):
        monkeypatch.setenv("SUARA_DATA", str(tmp_path / f"again-{seed}"))
        suara("demo", "--responses", COUNT, "--seed", seed, "--only-fill")
        again = [d["answers"] for d in documents(tmp_path / f"again-{seed}-demo")]
        assert (again == answers) is same


def test_the_same_demo_is_kept_and_another_replaces_it(suara: Suara, invented: Path) -> None:
    note = invented / "note"
    note.touch()
    suara("demo", "--responses", COUNT, "--only-fill")
    assert note.exists()
    suara("demo", "--responses", "30", "--only-fill")
    assert not note.exists()
    assert abs(len(documents(invented)) - 30) <= 2


def test_an_interrupted_demo_is_made_again(suara: Suara, invented: Path) -> None:
    marker = invented / MARKER
    marker.write_text(marker.read_text().partition("Complete")[0])
    note = invented / "note"
    note.touch()
    suara("demo", "--responses", COUNT, "--only-fill")
    assert not note.exists()


def test_a_folder_with_anything_else_is_refused(suara: Suara, data: Path) -> None:
    folder = data.with_name("data-demo")
    folder.mkdir()
    (folder / "thesis.doc").touch()
    result = suara("demo", "--responses", COUNT, "--only-fill")
    assert result.exit_code == 1
    assert "was not made by 'suara demo'" in result.output
    assert [path.name for path in folder.iterdir()] == ["thesis.doc"]


def test_responses_are_counted(suara: Suara, invented: Path) -> None:
    result = suara("responses", "count", "needs-assessment")
    assert int(result.output) == sum(
        document["form"] == "needs-assessment" for document in documents(invented)
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_summary_is_written_in_the_language_asked_for(
    suara: Suara, invented: Path, tmp_path: Path, language: str
) -> None:
    output = tmp_path / "summary.pdf"
    result = suara("summary", "member-offer", "--lang", language, "--output", str(output))
    assert result.exit_code == 0, result.output
    with pikepdf.open(BytesIO(output.read_bytes())) as document:
        assert str(document.Root.Lang).startswith(language)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--lang", "xx"), "There is no language xx. There are id and en."),
        (("--lang", "id", "--from", "2026-02-02", "--to", "2026-02-01"), "is before the day"),
        (("--lang", "id", "--from", "2026-02-30"), "2026-02-30"),
    ],
)
def test_a_summary_that_cannot_be_made_is_told(
    suara: Suara, invented: Path, tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    output = tmp_path / "summary.pdf"
    result = suara("summary", "member-offer", *options, "--output", str(output))
    assert result.exit_code != 0
    assert sentence in result.output
    assert not output.exists()


def test_a_summary_of_a_form_that_is_not_there_is_told(suara: Suara, tmp_path: Path) -> None:
    suara("form", "list")
    output = str(tmp_path / "summary.pdf")
    result = suara("summary", "gardn", "--lang", "id", "--output", output)
    assert result.exit_code == 1
    assert "There is no form gardn." in result.output


def test_it_is_served_with_a_password_and_says_on_every_page_what_it_is(tmp_path: Path) -> None:
    port = free_port()
    environ = {"PATH": os.environ["PATH"], "SUARA_DATA": str(tmp_path / "data")}
    process = subprocess.Popen(
        [SUARA, "demo", "--responses", "8"],
        env=environ | {"SUARA_PORT": str(port)},
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        said = lines_until(process, "serves at")
        with urlopen(f"http://127.0.0.1:{port}/?lang=en") as reply:
            page = reply.read().decode()
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert re.search(r"name: demo, password: \S{19}", said)
    assert "/account/link/" not in said
    assert "everything here is invented" in page


@pytest.mark.parametrize(
    ("kind", "ending", "holds"),
    [("xlsx", "xlsx", "xl/worksheets/sheet3.xml"), ("csv", "zip", "codebook.csv")],
)
def test_answers_are_exported_with_their_code_book(
    suara: Suara, invented: Path, tmp_path: Path, kind: str, ending: str, holds: str
) -> None:
    output = tmp_path / f"answers.{ending}"
    result = suara("export", "needs-assessment", "--format", kind, "--output", str(output))
    assert result.exit_code == 0, result.output
    with ZipFile(output) as archive:
        assert holds in archive.namelist()


def test_csv_without_an_archive_is_the_answers_with_the_code_book_beside_them(
    suara: Suara, invented: Path, tmp_path: Path
) -> None:
    output = tmp_path / "answers.csv"
    result = suara("export", "needs-assessment", "--format", "csv", "--output", str(output))
    assert result.exit_code == 0, result.output
    counted = suara("responses", "count", "needs-assessment").output
    with output.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == int(counted)
    assert {row["wg_status"] for row in rows} >= {"with", "without"}
    assert (tmp_path / "answers-codebook.csv").exists()


def test_an_export_that_cannot_be_made_is_told(
    suara: Suara, invented: Path, tmp_path: Path
) -> None:
    output = tmp_path / "answers.xlsx"
    export = ("export", "member-offer", "--output", str(output), "--format")
    assert suara(*export, "pdf").exit_code == 2
    result = suara(*export, "xlsx", "--words-in", "xx")
    assert result.exit_code == 1
    assert "There is no language xx." in result.output
    assert not output.exists()
    missing = suara("export", "member-offer", "--format", "csv", "--output", "/nowhere/a.zip")
    assert missing.exit_code == 1
    assert "No such file or directory: /nowhere/a.zip" in missing.output

"""``suara form``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Suara

FORM = """
settings:
  - form_title: Taman
    form_id: garden
    version: 1
survey:
  - type: text
    name: wish
    label: Apa yang Anda inginkan?
"""


def test_a_form_is_published_listed_closed_and_opened(suara: Suara, tmp_path: Path) -> None:
    file = tmp_path / "garden.yaml"
    file.write_text(FORM)
    published = suara("form", "publish", str(file))
    assert published.exit_code == 0, published.output
    assert "Published garden, version 1." in published.output
    assert "garden is open." in published.output
    assert "garden\t1\topen\tTaman" in suara("form", "list").output
    assert suara("form", "close", "garden").output == "garden is closed.\n"
    assert "garden\t1\tclosed\tTaman" in suara("form", "list").output
    assert suara("form", "open", "garden").output == "garden is open.\n"


def test_the_list_begins_with_the_forms_that_ship(suara: Suara) -> None:
    lines = suara("form", "list").output.splitlines()
    assert [line.split("\t")[0] for line in lines] == [
        "needs-assessment",
        "activity-feedback",
        "activity-registration",
        "member-offer",
    ]


def test_opening_a_form_says_which_settings_are_still_empty(suara: Suara) -> None:
    suara("form", "list")
    result = suara("form", "open", "needs-assessment")
    assert result.exit_code == 0
    assert "still empty: controller, " in result.output
    assert "needs-assessment is open." in result.output


def test_everything_wrong_with_a_form_is_told_at_once(suara: Suara, tmp_path: Path) -> None:
    file = tmp_path / "garden.yaml"
    wrong = FORM + "    relevant: ${nothing} = 1\n  - type: select_one missing\n    name: pick\n"
    file.write_text(wrong)
    result = suara("form", "publish", str(file))
    assert result.exit_code == 1
    assert f"{file} cannot be published:" in result.output
    assert "nothing" in result.output
    assert "missing" in result.output
    assert "garden" not in suara("form", "list").output


def test_a_file_that_is_no_form_is_told(suara: Suara, tmp_path: Path) -> None:
    file = tmp_path / "photo.xlsx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert suara("form", "publish", str(file)).exit_code == 1
    assert suara("form", "publish", str(tmp_path / "nothing.xlsx")).exit_code == 2


def test_an_unknown_form_is_told_with_those_there_are(suara: Suara) -> None:
    suara("form", "list")
    for command in ("open", "close"):
        result = suara("form", command, "gardn")
        assert result.exit_code == 1
        assert "There is no form gardn. The forms are: needs-assessment," in result.output


def test_a_form_is_printed_to_be_filled_in_on_paper(suara: Suara, tmp_path: Path) -> None:
    file, paper = tmp_path / "garden.yaml", tmp_path / "garden.pdf"
    file.write_text(FORM)
    suara("form", "publish", str(file))
    options = ("--lang", "id", "--print", "large", "--output", str(paper))
    assert suara("form", "print", "garden", *options).exit_code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    unknown = suara("form", "print", "garden", "--lang", "xx", "--output", str(paper))
    assert unknown.exit_code == 1
    assert "There is no language xx." in unknown.output

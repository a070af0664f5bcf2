"""``suara form check`` finds what an upload finds, and publishes nothing."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Suara

FORM = """
settings:
  - {form_id: garden, form_title: {id: Taman, en: Garden}}
survey:
  - {type: select_one_from_file desa.csv, name: village, label: {id: Desa, en: Village}}
"""


def write(folder: Path, text: str = FORM) -> str:
    file = folder / "garden.yaml"
    file.write_text(text)
    return str(file)


def test_a_good_form_can_be_published(suara: Suara, tmp_path: Path) -> None:
    listed = tmp_path / "desa.csv"
    listed.write_text("name,label\na,Asembagus\n")
    result = suara("form", "check", write(tmp_path), str(listed))
    assert result.exit_code == 0
    assert result.output == f"{tmp_path}/garden.yaml can be published as garden.\n"
    assert "garden" not in suara("form", "list").output
    published = suara("form", "publish", write(tmp_path), str(listed))
    assert "garden is open." in published.output


def test_what_keeps_people_out_is_found_too(suara: Suara, tmp_path: Path) -> None:
    file = write(tmp_path, FORM.replace(", en: Village", ""))
    for command in ("check", "publish"):
        result = suara("form", command, file)
        assert result.exit_code == 1
        assert (
            "error: survey, row 5, column label::English (en), village: This text" in result.output
        )
        assert "blocks: The form needs the file “desa.csv”." in result.output
        assert f"{file} cannot be published: mend the errors and try again." in result.output
    assert "garden" not in suara("form", "list").output

"""The network's settings are put into the texts of forms, and what is empty is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.questionnaire.network import Network, fill, read_network
from app.questionnaire.problems import FormErrors
from app.questionnaire.workbook import Workbook
from app.questionnaire.xlsform_read import read_workbook

SHIPPED = Path(__file__).parents[2] / "forms" / "network.yaml"
NETWORK = b"""
network:
  - name: controller
    word: {id: pengendali, en: controller}
    label: {id: Penanggung jawab, en: Responsible}
  - name: retention
    word: {id: masa_simpan, en: retention}
    label: {id: Lama, en: How long}
    text: {id: 24 bulan, en: 24 months}
  - name: emergency
    word: {id: darurat, en: emergency}
    label: {id: Darurat, en: Emergency}
    stand_in: {id: 110 (polisi), en: 110 (police)}
"""
FORM = b"""
survey:
  - type: note
    name: intro
    label:
      id: "{pengendali} menyimpan {masa_simpan}. {x} {darurat}"
      en: "{controller} keeps it {retention}. ${name} {emergency}"
    relevant: "{controller} is no text here"
settings:
  - form_id: a
    controller: "{controller}"
"""


@pytest.fixture
def network() -> Network:
    return read_network(NETWORK)


@pytest.fixture
def form() -> Workbook:
    return read_workbook(FORM)


def label(workbook: Workbook, language: str) -> str:
    cells = workbook.sheet("survey").rows[0].cells
    return next(text for column, text in cells.items() if column.endswith(f"({language})"))


def test_says_each_setting_in_the_language_of_the_column(network: Network, form: Workbook) -> None:
    filled, _ = fill(form, network.saying({"controller": {"id": "Yayasan", "en": "Foundation"}}))
    assert label(filled, "id") == "Yayasan menyimpan 24 bulan. {x} 110 (polisi)"
    assert label(filled, "en") == "Foundation keeps it 24 months. ${name} 110 (police)"
    assert filled.sheet("survey").rows[0].cells["relevant"] == "{controller} is no text here"
    assert filled.settings["controller"] == "Yayasan"


def test_one_language_does_for_all(network: Network, form: Workbook) -> None:
    filled, _ = fill(form, network.saying({"controller": {"id": "PPDiS"}}))
    assert label(filled, "en").startswith("PPDiS keeps")


def test_tells_what_is_empty_where_it_is_needed(network: Network, form: Workbook) -> None:
    filled, told = fill(form, network)
    assert label(filled, "id").startswith("{pengendali}"), "never filled with nothing"
    assert [(each.code, each.severity, each.row, each.params["name"]) for each in told] == [
        ("setting_needed", "blocks", 3, "controller"),
        ("placeholder_unknown", "warning", 3, "x"),
        ("setting_stands_in", "warning", 3, "emergency"),
        ("setting_needed", "blocks", 3, "controller"),
        ("setting_stands_in", "warning", 3, "emergency"),
        ("setting_needed", "blocks", 10, "controller"),
    ]


def test_a_setting_cannot_refer_to_an_answer(network: Network, form: Workbook) -> None:
    filled, _ = fill(form, network.saying({"controller": {"id": "${name}"}}))
    assert "${name}" not in label(filled, "id")


def test_keeps_what_was_said_as_plain_data(network: Network) -> None:
    said = network.saying({"controller": {"id": "PPDiS"}, "nonsense": {"id": "?"}})
    assert said.missing() == ("emergency",)
    assert network.saying(said.values()) == said


def test_the_shipped_settings_ask_in_both_languages() -> None:
    network = read_network(SHIPPED.read_bytes())
    for setting in network.settings:
        assert set(setting.label) == {"id", "en"}, setting.name
        assert len(setting.words) == 2, setting.name
        for texts in (setting.hint, setting.value, setting.stand_in):
            assert set(texts) in ({"id", "en"}, set()), setting.name


def test_a_file_without_settings_is_refused() -> None:
    with pytest.raises(FormErrors):
        read_network(b"survey:\n  - {type: text}\n")

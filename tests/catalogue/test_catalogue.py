"""The catalogue keeps every published version, whole, and tells every process."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from lxml import etree

from app.catalogue import SHIPPED, SHIPPED_FORMS, Catalogue, publish_shipped, refresh
from app.questionnaire.network import PLACEHOLDER, Network, read_network
from app.questionnaire.problems import FormErrors
from app.questionnaire.xlsform import Converted, convert

NOW = datetime(2026, 8, 17, 3, 0, tzinfo=UTC)
TODAY = date(2026, 8, 17)


def form(label: str = "Umur?", settings: str = "form_id: umur") -> Converted:
    source = f"""
survey:
  - type: integer
    name: age
    label: {label}
settings:
  - {settings}
"""
    return convert(source.encode())


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path / "forms")


@pytest.fixture
def network() -> Network:
    return read_network((SHIPPED / "network.yaml").read_bytes())


def complete(network: Network, value: str = "PPDiS") -> Network:
    return network.saying({name: {"id": value, "en": value} for name in network.missing()})


def test_gives_back_what_was_published(catalogue: Catalogue) -> None:
    converted = form()
    published = catalogue.publish(converted, NOW)
    found = catalogue.get("umur")
    assert found.version == published.version
    assert found.published == NOW
    assert found.form.question("age") is not None
    assert found.workbook == converted.workbook
    assert len(found.md5) == 32
    assert catalogue.ids() == ("umur",)


def test_knows_no_form_that_was_not_published(catalogue: Catalogue) -> None:
    for form_id in ("umur", "../umur", "", ".", "a/b", "state.json"):
        with pytest.raises(KeyError):
            catalogue.get(form_id)
        assert not catalogue.is_open(form_id, TODAY)
    catalogue.publish(form(), NOW)
    with pytest.raises(KeyError):
        catalogue.get("umur", "../../umur")


def test_the_same_content_is_no_new_version(catalogue: Catalogue) -> None:
    first = catalogue.publish(form(), NOW)
    again = catalogue.publish(form(), NOW + timedelta(days=1))
    assert again.version == first.version
    assert again.published == NOW
    assert len(catalogue.versions("umur")) == 1


def test_a_form_without_version_gets_one_in_its_xml(catalogue: Catalogue) -> None:
    published = catalogue.publish(form(), NOW)
    assert len(published.version) == 8
    assert published.form.version == published.version
    assert f'version="{published.version}"'.encode() in published.xml


def test_other_content_never_replaces_a_version(catalogue: Catalogue) -> None:
    settings = "{form_id: umur, version: 3}"
    labels = ("Umur?", "Umur Anda?", "Berapa umur Anda?")
    made = [
        catalogue.publish(form(label, settings), NOW + timedelta(minutes=minute))
        for minute, label in enumerate(labels)
    ]
    assert [each.version for each in made] == ["3", "3-2", "3-3"]
    assert made[1].form.version == "3-2"
    assert [each.code for each in made[1].problems] == ["version_bumped"]
    assert [each.version for each in catalogue.versions("umur")] == ["3", "3-2", "3-3"]
    assert catalogue.get("umur").version == "3-3"
    old = catalogue.get("umur", "3").form.question("age")
    assert old is not None
    assert old.label is not None
    assert old.label.template("") == ("", ("Umur?",))


def test_an_earlier_version_can_become_current_again(catalogue: Catalogue) -> None:
    first = catalogue.publish(form("Umur?"), NOW)
    catalogue.publish(form("Umur Anda?"), NOW)
    catalogue.publish(form("Umur?"), NOW)
    assert catalogue.get("umur").version == first.version


def test_any_version_can_be_kept(catalogue: Catalogue) -> None:
    version = "2022/04 11:16 ☺"
    published = catalogue.publish(form(settings=f'{{form_id: umur, version: "{version}"}}'), NOW)
    assert published.version == version
    assert catalogue.get("umur", version).form.version == version


def test_another_process_sees_a_new_version(catalogue: Catalogue, tmp_path: Path) -> None:
    other = Catalogue(tmp_path / "forms")
    catalogue.publish(form("Umur?"), NOW)
    assert other.get("umur").published == NOW
    newer = catalogue.publish(form("Umur Anda?"), NOW + timedelta(hours=1))
    assert other.get("umur").version == newer.version


def publish_one(folder: Path, number: int) -> None:
    Catalogue(folder).publish(form(f"Umur {number}?", "{form_id: umur, version: 1}"), NOW)


def test_processes_publish_at_once_and_none_is_lost(tmp_path: Path) -> None:
    context = get_context("spawn")
    workers = [context.Process(target=publish_one, args=(tmp_path, n)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    found = Catalogue(tmp_path).versions("umur")
    assert sorted(each.version for each in found) == ["1", "1-2", "1-3", "1-4"]
    labels = {etree.tostring(etree.fromstring(each.xml), method="text") for each in found}
    assert len(labels) == 4


def test_what_a_killed_publish_left_is_no_version(catalogue: Catalogue, tmp_path: Path) -> None:
    first = catalogue.publish(form("Umur?"), NOW)
    left = tmp_path / "forms" / "umur" / ".making"
    left.mkdir()
    (left / "meta.json").write_text("{")
    assert [each.version for each in catalogue.versions("umur")] == [first.version]
    catalogue.publish(form("Umur Anda?"), NOW)
    assert len(catalogue.versions("umur")) == 2


def test_is_open_until_it_is_closed(catalogue: Catalogue) -> None:
    catalogue.publish(form(), NOW)
    assert [each.form_id for each in catalogue.open_forms(TODAY)] == ["umur"]
    catalogue.set_open("umur", False)
    assert not catalogue.is_open("umur", TODAY)
    catalogue.publish(form("Umur Anda?"), NOW)
    assert not catalogue.is_open("umur", TODAY), "a new version does not open a closed form"
    catalogue.set_open("umur", True)
    assert catalogue.is_open("umur", TODAY)


def test_opens_and_closes_by_its_dates(catalogue: Catalogue) -> None:
    catalogue.publish(form(settings="{form_id: umur, opens: 2026-08-10, closes: 2026-08-20}"), NOW)
    days = (date(2026, 8, 9), date(2026, 8, 10), date(2026, 8, 20), date(2026, 8, 21))
    assert [catalogue.is_open("umur", day) for day in days] == [False, True, True, False]
    catalogue.set_dates("umur", None, date(2026, 8, 31))
    assert [catalogue.is_open("umur", day) for day in days] == [True] * 4


def test_forms_wait_for_the_network_settings(catalogue: Catalogue, network: Network) -> None:
    silent = Network(tuple(replace(each, stand_in={}) for each in network.settings))
    publish_shipped(catalogue, silent, NOW)
    assert catalogue.ids() == SHIPPED_FORMS
    assert catalogue.open_forms(TODAY) == ()
    assert "controller" in catalogue.get("needs-assessment").missing_settings
    before = catalogue.get("needs-assessment").version

    assert refresh(catalogue, complete(network), NOW) == {}
    assert tuple(each.form_id for each in catalogue.open_forms(TODAY)) == SHIPPED_FORMS
    now = catalogue.get("needs-assessment")
    assert now.version != before
    assert b"PPDiS" in now.xml
    assert now.missing_settings == ()
    assert not PLACEHOLDER.search(now.xml.decode())


def test_general_words_stand_in_and_are_told(catalogue: Catalogue, network: Network) -> None:
    publish_shipped(catalogue, network, NOW)
    shipped = catalogue.get("needs-assessment")
    assert catalogue.is_open("needs-assessment", TODAY)
    assert not PLACEHOLDER.search(shipped.xml.decode())
    assert "emergency" in shipped.missing_settings

    same_words = {each.name: each.stand_in for each in network.settings if each.stand_in}
    refresh(catalogue, network.saying(same_words), NOW)
    assert catalogue.get("needs-assessment").missing_settings == ()


def test_starting_again_publishes_nothing_new(catalogue: Catalogue, network: Network) -> None:
    publish_shipped(catalogue, complete(network), NOW)
    publish_shipped(catalogue, complete(network), NOW + timedelta(days=1))
    assert [len(catalogue.versions(form_id)) for form_id in SHIPPED_FORMS] == [1, 1, 1, 1]


def test_shipped_forms_do_not_replace_the_coordinators_own(
    catalogue: Catalogue, network: Network
) -> None:
    own = catalogue.publish(form(settings="form_id: member-offer"), NOW)
    publish_shipped(catalogue, network, NOW)
    assert catalogue.get("member-offer").version == own.version


def test_refuses_a_form_id_that_is_no_name(catalogue: Catalogue) -> None:
    converted = form()
    bad = replace(converted, form=replace(converted.form, id="../umur"))
    with pytest.raises(FormErrors) as refused:
        catalogue.publish(bad, NOW)
    assert [each.code for each in refused.value.problems] == ["form_id_invalid"]


def test_keeps_the_files_that_belong_to_a_form(catalogue: Catalogue) -> None:
    source = b"""
survey:
  - {type: select_one_from_file desa.csv, name: village, label: Desa}
settings:
  - form_id: desa
"""
    blocked = catalogue.publish(convert(source), NOW)
    assert [each.code for each in blocked.blocked] == ["file_missing"]
    assert not catalogue.is_open("desa", TODAY)

    files = {"desa.csv": b"name,label\n1,Panji\n2,Mlandingan\n"}
    published = catalogue.publish(convert(source, files=files), NOW)
    assert catalogue.is_open("desa", TODAY)
    assert Catalogue(published.folder.parents[1]).get("desa").files == files
    assert [choice.value for choice in published.form.lists["desa"]] == ["1", "2"]

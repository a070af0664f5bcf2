"""What an XForm says arrives in the model: one tiny form for each feature."""

from __future__ import annotations

import pytest

from app.questionnaire.model import DataClass, Group, Kind, Question, Repeat
from app.questionnaire.problems import FormErrors
from app.questionnaire.xform import missing_files, read_form
from tests.questionnaire.tiny import asked, tiny, words

VILLAGES = b"code,title,extra\n01,Panji,a\n02,Mlandingan,b\n"
CROPS = b"<root><item><name>rice</name><label>Rice</label></item></root>"
WELLS = b"""{"type": "FeatureCollection", "features": [{"type": "Feature", "id": 7,
"properties": {"title": "Old well"}, "geometry": {"type": "Point", "coordinates": [113.9, -7.7]}}]}
"""


def test_reads_every_type() -> None:
    form = tiny("types")
    kinds = {question.name: question.kind for question in form.questions()}
    assert kinds == {
        "text": Kind.TEXT,
        "integer": Kind.INTEGER,
        "decimal": Kind.DECIMAL,
        "range": Kind.RANGE,
        "date": Kind.DATE,
        "time": Kind.TIME,
        "moment": Kind.DATETIME,
        "acknowledge": Kind.ACKNOWLEDGE,
        "barcode": Kind.BARCODE,
        "geopoint": Kind.GEOPOINT,
        "image": Kind.IMAGE,
        "audio": Kind.AUDIO,
        "video": Kind.VIDEO,
        "file": Kind.FILE,
        "note": Kind.NOTE,
        "instanceID": Kind.METADATA,
    }
    assert asked(form, "range").parameters == {"start": "1", "end": "5", "step": "1"}
    assert asked(form, "text").parameters == {"rows": "4"}
    assert asked(form, "text").appearances == {"multiline"}
    assert asked(form, "image").parameters["max-pixels"] == "1024"
    assert asked(form, "date").appearances == {"month-year"}


def test_free_answers_are_of_the_class_that_is_reviewed() -> None:
    form = tiny("types")
    free = {q.name for q in form.questions() if q.data_class is DataClass.FREE_TEXT}
    assert free == {"text", "barcode", "geopoint", "image", "audio", "video", "file"}
    assert asked(form, "instanceID").data_class is DataClass.METADATA


def test_reads_choices_and_where_they_come_from() -> None:
    form = tiny("selects")
    assert [choice.value for choice in form.lists["animals"]] == ["cat", "dog", "hen"]
    assert [words(choice.label) for choice in form.lists["animals"]] == ["Cat", "Dog", "Hen"]
    pet, shuffled = asked(form, "pet"), asked(form, "shuffled")
    assert pet.kind is Kind.SELECT_ONE
    assert pet.appearances == {"minimal", "autocomplete"}
    assert pet.itemset is not None
    assert pet.itemset.nodeset is None
    assert shuffled.itemset is not None
    assert shuffled.itemset.nodeset is not None
    assert shuffled.itemset.nodeset.text == "randomize(instance('animals')/root/item, 42)"
    assert asked(form, "liked").kind is Kind.SELECT_MULTIPLE
    assert asked(form, "order").kind is Kind.RANK


def test_a_filter_keeps_its_columns_and_duplicate_choices() -> None:
    form = tiny("cascade")
    itemset = asked(form, "district").itemset
    assert itemset is not None
    assert itemset.list_name == "district"
    assert itemset.nodeset is not None
    assert "regency" in itemset.nodeset.text
    found = [(c.value, words(c.label), c.extra["regency"]) for c in form.lists["district"]]
    assert found == [
        ("panji", "Panji", "3512"),
        ("other", "Other in Situbondo", "3512"),
        ("tapen", "Tapen", "3511"),
        ("other", "Other in Bondowoso", "3511"),
    ]


def test_other_is_said_in_each_language() -> None:
    form = tiny("or_other")
    other = form.lists["work"][-1]
    assert (words(other.label, "id"), words(other.label, "en")) == ("Lainnya", "Other")
    which = asked(form, "work_other")
    assert words(which.label, "id") == "Sebutkan yang lain."
    assert words(which.label, "en") == "Please say which other."
    assert which.relevant is not None


def test_lists_come_from_files_of_any_kind() -> None:
    form = tiny("from_file", villages__csv=VILLAGES, crops__xml=CROPS, wells__geojson=WELLS)
    village = asked(form, "village").itemset
    assert village is not None
    assert (village.value, village.label) == ("code", "title")
    assert [(c.value, words(c.label), c.extra) for c in form.lists["villages"]] == [
        ("01", "Panji", {"extra": "a"}),
        ("02", "Mlandingan", {"extra": "b"}),
    ]
    assert [words(choice.label) for choice in form.lists["crops"]] == ["Rice"]
    well = form.lists["wells"][0]
    assert (well.value, words(well.label)) == ("7", "Old well")
    assert well.extra["geometry"] == "-7.7 113.9 0 0"


def test_a_file_that_is_missing_is_told_and_its_list_is_empty() -> None:
    form = tiny("from_file", crops__xml=CROPS)
    assert form.lists["villages"] == ()
    assert missing_files(form, {"crops.xml": CROPS}) == ("villages.csv", "wells.geojson")


@pytest.mark.parametrize(
    "broken", [b"\xff\xfe\x00", b"<root><item>", b'<!DOCTYPE a [<!ENTITY b "c">]><root>&b;</root>']
)
def test_a_file_that_cannot_be_read_is_refused(broken: bytes) -> None:
    with pytest.raises(FormErrors) as refused:
        tiny("from_file", crops__xml=broken)
    assert [each.code for each in refused.value.problems] == ["file_unreadable"]
    assert refused.value.problems[0].params["name"] == "crops.xml"


def test_a_sheet_of_external_choices_is_a_list() -> None:
    form = tiny("external")
    city = asked(form, "city")
    assert city.kind is Kind.SELECT_ONE
    assert city.itemset is not None
    assert city.itemset.nodeset is not None
    assert form.external == {"cities": "itemsets.csv"}
    assert [words(choice.label) for choice in form.lists["cities"]] == ["Surabaya", "Malang"]
    assert form.lists["cities"][0].extra["state"] == "jatim"


def test_pulldata_has_its_table() -> None:
    form = tiny("pulldata", fruits__csv=b"name,price\nmango,3000\n")
    assert form.external == {"fruits": "fruits.csv"}
    assert "<price>3000</price>" in form.instances["fruits"]


def test_reads_the_rules_and_their_messages() -> None:
    form = tiny("rules")
    age = asked(form, "age")
    assert age.required is not None
    assert age.required.text == "true()"
    assert words(age.required_message) == "Please say your age."
    assert age.constraint is not None
    assert age.constraint.text == ". >= 0 and . <= 120"
    assert words(age.constraint_message) == "Not {/data/age}: from 0 to 120."
    school = asked(form, "school")
    assert school.relevant is not None
    assert school.relevant.text == "/data/age  < 18"
    assert school.required is None
    assert asked(form, "months").kind is Kind.CALCULATE
    assert asked(form, "optional").required is None


def test_a_read_only_text_with_a_value_is_no_note() -> None:
    shown = asked(tiny("rules"), "shown")
    assert shown.kind is Kind.TEXT
    assert shown.readonly
    assert shown.calculate is not None


def test_reads_defaults_and_set_values() -> None:
    form = tiny("defaults")
    assert asked(form, "static").default == "East Java"
    found = [(v.ref, v.event, v.value.text, v.trigger) for v in form.set_values]
    assert found == [
        ("/data/dynamic", "odk-instance-first-load", "today()", None),
        (
            "/data/copied",
            "xforms-value-changed",
            "concat( /data/source , '!')",
            "/data/source",
        ),
    ]
    assert asked(form, "copied").kind is Kind.HIDDEN


def test_reads_metadata() -> None:
    form = tiny("metadata")
    assert asked(form, "start").preload == ("timestamp", "start")
    assert asked(form, "deviceid").preload == ("property", "deviceid")
    assert asked(form, "today").preload == ("date", "today")
    kinds = [question.kind for question in form.questions()]
    assert kinds == [*[Kind.METADATA] * 5, Kind.HIDDEN, Kind.METADATA, Kind.TEXT, Kind.METADATA]


def test_reads_groups_in_their_order() -> None:
    form = tiny("groups")
    part, hidden_part, meta = form.root.children
    assert isinstance(part, Group)
    assert words(part.label) == "Part one"
    page, alone = part.children
    assert isinstance(page, Group)
    assert page.appearances == {"field-list"}
    assert [child.name for child in page.children] == ["first", "second"]
    assert isinstance(alone, Question)
    assert isinstance(hidden_part, Group)
    assert hidden_part.label is None
    assert hidden_part.relevant is not None
    assert meta.ref == "/data/meta"


def test_reads_repeats() -> None:
    form = tiny("repeats")
    repeats = {e.name: e for e in form.elements() if isinstance(e, Repeat)}
    assert words(repeats["person"].label) == "Person"
    assert repeats["person"].count is None
    assert [child.name for child in repeats["person"].children] == ["name", "age"]
    assert words(asked(form, "age").label) == "Age of {../name}"
    visits, pair = repeats["visit"].count, repeats["pair"].count
    assert visits is not None
    assert visits.text == "/data/visits"
    assert pair is not None
    assert pair.text == "/data/pair_count"
    assert asked(form, "pair_count").kind is Kind.CALCULATE
    events = [(value.ref, value.event) for value in form.set_values]
    assert ("/data/visit/day", "odk-new-repeat") in events


def test_choices_may_be_earlier_answers() -> None:
    itemset = asked(tiny("repeats"), "eldest").itemset
    assert itemset is not None
    assert itemset.list_name == ""
    assert itemset.nodeset is not None
    assert itemset.nodeset.text.startswith("/data/person")
    assert (itemset.value, itemset.label) == ("name", "name")


def test_a_loop_is_a_group_for_each_choice() -> None:
    form = tiny("loop")
    groups = [element for element in form.elements() if isinstance(element, Group)]
    assert [group.ref for group in groups] == [
        *("/data/crop", "/data/crop/rice", "/data/crop/maize"),
        "/data/meta",
    ]
    assert words(groups[1].label) == "Rice"


def test_media_belong_to_a_language() -> None:
    form = tiny("media")
    house = asked(form, "house")
    assert words(house.label, "id", "image") == "rumah.png"
    assert words(house.label, "en", "image") == "house.png"
    assert words(house.label, "id", "audio") == "rumah.mp3"
    assert words(house.label, "en", "audio") == ""
    assert words(house.hint, "id", "guidance") == "Tunjukkan gambarnya."
    assert words(form.lists["house"][0].label, "en", "image") == "bamboo.png"


def test_reads_our_own_columns() -> None:
    form = tiny("own_columns")
    consent = asked(form, "consent")
    assert consent.data_class is DataClass.CONSENT
    assert words(consent.label, "id", "easy_read") == "Boleh kami simpan?"
    assert words(consent.label, "en", "alt_text") == "Two people shake hands"
    assert words(consent.label, "id", "sign_video") == "setuju.mp4"
    assert words(asked(form, "regency").label, "id", "easy_read") == (
        "Tadi Anda jawab {/data/helped}. Di mana?"
    )
    phone = asked(form, "phone")
    assert (phone.data_class, phone.autocomplete) == (DataClass.CONTACT, "tel")
    assert words(form.lists["yes_no"][0].label, "id", "alt_text") == "Jempol ke atas"


def test_reads_our_own_settings() -> None:
    form = tiny("own_columns")
    assert (words(form.title, "id"), words(form.title, "en")) == ("Kolom sendiri", "Own columns")
    said = form.settings
    assert said.store_if is not None
    assert said.store_if.text == "/data/consent = 'yes'"
    assert said.channel is not None
    assert said.channel.text == "if(/data/helped = 'yes', 'assisted', 'self')"
    assert (said.place, said.consent, said.keep_days) == ("regency", "consent", 30)
    assert (said.opens, said.closes) == ("2026-01-01", "2026-12-31")
    assert (said.controller, said.timezone) == ("PPDiS", "Asia/Makassar")


def test_a_missing_translation_is_missing() -> None:
    form = tiny("languages")
    assert form.languages == ("id", "en")
    word = asked(form, "word")
    assert word.label is not None
    assert word.label.template("en") == ("id", ("Kata “Anda” ‘di sini’",))
    assert word.hint is not None
    assert word.hint.template("id") == ("en", ("Only in English",))


def test_a_hyphen_that_is_meant_is_kept() -> None:
    mark = asked(tiny("languages"), "mark")
    assert (words(mark.label, "id"), words(mark.label, "en")) == ("-", "-")


HAND_WRITTEN = b"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:jr="http://openrosa.org/javarosa" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <h:head>
    <h:title>By hand</h:title>
    <model>
      <!-- not by pyxform -->
      <instance><census xmlns="http://example.org/census" id="census" version="7">
        <later/><hidden/><house><rooms/></house><sex/>
      </census></instance>
      <bind nodeset="/census/later" type="xsd:date"/>
      <bind nodeset="/census/house/rooms" type="xsd:int" required="true()" relevant="true()"/>
      <bind nodeset="/census/hidden" calculate="1 + 1"/>
    </model>
  </h:head>
  <h:body>
    <group ref="/census/house"><label>House</label>
      <input ref="rooms"><label>Rooms</label></input>
    </group>
    <select1 ref="/census/sex"><label>Sex</label>
      <item><label>Female</label><value>f</value></item>
      <item><label>Male</label><value>m</value></item>
    </select1>
    <input ref="/census/later"><label>When</label></input>
  </h:body>
</h:html>"""


def test_reads_an_xform_that_pyxform_did_not_write() -> None:
    form = read_form(HAND_WRITTEN)
    assert (form.id, form.version, form.languages) == ("census", "7", ("",))
    assert words(form.title) == "By hand"
    assert [child.name for child in form.root.children] == ["house", "sex", "later", "hidden"]
    rooms = asked(form, "rooms")
    assert (rooms.kind, rooms.relevant) == (Kind.INTEGER, None)
    assert rooms.required is not None
    assert words(rooms.label) == "Rooms"
    sex = asked(form, "sex").itemset
    assert sex is not None
    assert [choice.value for choice in form.lists[sex.list_name]] == ["f", "m"]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "xml"),
        (b"<h:html", "xml"),
        (b"<html/>", "xform_shape"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype"),
    ],
)
def test_refuses_what_is_no_xform(xml: bytes, code: str) -> None:
    with pytest.raises(FormErrors) as refused:
        read_form(xml)
    assert [each.code for each in refused.value.problems] == [code]


def test_tells_every_problem_of_an_xform_at_once() -> None:
    broken = (
        HAND_WRITTEN.replace(b'"1 + 1"', b'"1 +"')
        .replace(b'relevant="true()"', b'relevant="nothing(1)" constraint=". = /census/nowhere"')
        .replace(b'"xsd:date"', b'"geoshape"')
    )
    with pytest.raises(FormErrors) as refused:
        read_form(broken)
    found = {(each.code, each.question, each.column) for each in refused.value.problems}
    assert found == {
        ("expression_unexpected_end", "/census/hidden", "calculation"),
        ("expression_unknown_function", "/census/house/rooms", "relevant"),
        ("expression_unknown_path", "/census/house/rooms", "constraint"),
        ("type_unsupported", "/census/later", "type"),
    }

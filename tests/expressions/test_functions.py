"""Every function, by examples from the ODK XForms specification and JavaRosa's XPathEvalTest."""

from __future__ import annotations

import math
import re

import pytest

from app.questionnaire.expressions import ExpressionError, Value, parse
from app.questionnaire.expressions.functions import FUNCTIONS
from app.questionnaire.expressions.nodesets import ParkMiller, randomize
from app.questionnaire.expressions.tree import Call, walk
from app.questionnaire.instance import Node
from tests.expressions.conftest import Run, make_environment

NAN, INF = math.nan, math.inf

TEXTS = [
    ("string(1 div 3)", "0.3333333333333333"),
    ("string(0.1 + 0.2)", "0.30000000000000004"),
    ("string(123456.0000)", "123456"),
    ("string(1230000000000000000000)", "1230000000000000000000"),
    ("string(0.00000000000000000123)", "0"),
    ("string(.00000123)", "0.00000123"),
    ("string(-0)", "0"),
    ("string(1 div 0)", "Infinity"),
    ("string(-1 div 0)", "-Infinity"),
    ("string(number('x'))", "NaN"),
    ("string(true())", "true"),
    ("string(/data/kid/name)", "Adi"),
    ("string(/data/nothing)", ""),
    ("concat()", ""),
    ("concat('a', 1, true(), /data/kid/name)", "a1trueAdiBudi"),
    ("concat('umur ', /data/empty + 1)", "umur "),
    ("join(', ', /data/kid/name)", "Adi, Budi"),
    ("join('-', 'a', 2, 'c')", "a-2-c"),
    ("join('-')", ""),
    ("substr('hello', 1, 4)", "ell"),
    ("substr('hello', -2)", "lo"),
    ("substr('hello', 0, -1)", "hell"),
    ("substr('hello', 4, 2)", ""),
    ("substr('hello', -9, 99)", "hello"),
    ("substr('hello', 'x')", "hello"),
    ("substr('hello', 1 div 0)", ""),
    ("substring-before('hello', 'l')", "he"),
    ("substring-before('hello', '')", ""),
    ("substring-before('hello', 'q')", ""),
    ("substring-after('hello', 'l')", "lo"),
    ("substring-after('hello', '')", "hello"),
    ("substring-after('hello', 'q')", ""),
    ("translate('hello wor,ld', ' ,', ', ')", "hello,wor ld"),
    ("translate('hello world', 'hello', '')", " wrd"),
    ("translate('hello', 'lo', 'LO')", "heLLO"),
    ("normalize-space('  a \t\n b ')", "a b"),
    ("trim('  a  b ')", "a  b"),
    ("base64-decode('SGFsbG8=')", "Hallo"),
    ("base64-decode('ü')", ""),
    ("base64-decode('abc')", ""),
    ("digest('some text', 'MD5')", "VS4hzUzZkYZ448Gg30kbww=="),
    ("digest('some text', 'md5', 'hex')", "552e21cd4cd9918678e3c1a0df491bc3"),
    ("digest('some text', 'SHA-1', 'base64')", "N6pjx3OY2VRHMmLhoAV8HmMu2nc="),
    ("digest('some text', 'SHA-256')", "uU9vElx546X/qoJvWEwQ1SraZp5nYgUbgmtVd20FrtI="),
    ("string-length(digest('', 'SHA-384', 'hex'))", 96.0),
    ("string-length(digest('', 'SHA-512', 'hex'))", 128.0),
    ("string-length('sepéda')", 6.0),
    ("string-length()", 0.0),
    ("contains('abc', 'b')", True),
    ("contains('abc', 'bcd')", False),
    ("starts-with('', '')", True),
    ("starts-with('abc', 'b')", False),
    ("ends-with('abc', 'c')", True),
    ("ends-with('abc', 'a')", False),
    ("pulldata('places', 'label', 'name', 'bwi')", "Banyuwangi"),
    ("pulldata('places', 'label', 'name', 'x')", ""),
    ("jr:itext('greeting')", "Selamat datang"),
]

TRUTHS = [
    ("true()", True),
    ("false()", False),
    ("boolean(0.0001)", True),
    ("boolean(-0)", False),
    ("boolean(number('NaN'))", False),
    ("boolean(1 div 0)", True),
    ("boolean('  ')", True),
    ("boolean('false')", True),
    ("boolean('')", False),
    ("boolean(/data/name)", True),
    ("boolean(/data/empty)", False),
    ("boolean(/data/nothing)", False),
    ("boolean-from-string('TRUE')", True),
    ("boolean-from-string(1.0)", True),
    ("boolean-from-string(1.0001)", False),
    ("boolean-from-string('yes')", False),
    ("boolean-from-string(true())", True),
    ("not('')", True),
    ("not(1)", False),
    ("if(6 > 7, 5, 'abc')", "abc"),
    ("if(true(), 5, 'abc')", 5.0),
    ("if('', 5, 'abc')", "abc"),
    ("if(false(), pulldata('gone', '', '', ''), 'lazy')", "lazy"),
    ("coalesce(/data/empty, 'b')", "b"),
    ("coalesce(1 + 'x', 'b')", "b"),
    ("coalesce(0, 'b')", 0.0),
    ("coalesce('', '')", ""),
    ("regex('12345', '[0-9]+')", True),
    ("regex('a12345', '[0-9]+')", False),
    ("regex('x@y.id', '^[\\w-\\.]+@([\\w-]+\\.)+[\\w-]{2,}$')", True),
    ("regex('a-1', '[.-\\d]+1')", False),
    ("regex('.-1', '[.-\\d]+')", True),
    ("regex('A', '\\u0041\\Z')", True),
    ("regex('é', '\\é')", True),
    ("regex('é', '\\w')", False),
    ("checklist(1, 2, 1, 0, 'x')", True),
    ("checklist(-1, 1, true(), true())", False),
    ("checklist(2, -1, /data/kid/age)", True),
    ("checklist(1, 3)", False),
    ("weighted-checklist(5, 6, 1, 5, 0, 9)", True),
    ("weighted-checklist(5, 6, 1, 5, 1, 9)", False),
    ("weighted-checklist(15, 15, /data/kid/age, /data/kid/age)", True),
]

NUMBERS = [
    ("number(' -12345.6789  ')", -12345.6789),
    ("number('4,6')", 4.6),
    ("number('.5')", 0.5),
    ("number('5.')", 5.0),
    ("number('- 17')", NAN),
    ("number('1.1e6')", NAN),
    ("number('Infinity')", NAN),
    ("number('34.56.7')", NAN),
    ("number('٣')", NAN),
    ("number('')", NAN),
    ("number(true())", 1.0),
    ("number('1970-01-02')", 1.0),
    ("number('1969-12-31')", -1.0),
    ("number('1941-12-07')", -10252.0),
    ("number('2020-01-01T23:59:59.000+07:00')", 18262.0),
    ("number('2020-01-01T23:59:59Z')", 18263.0),
    ("number('2020-02-30')", NAN),
    ("number('10:30')", NAN),
    ("int(-3.9)", -3.0),
    ("int('x')", NAN),
    ("int(1 div 0)", INF),
    ("floor(-3.1)", -4.0),
    ("ceiling(3.1)", 4.0),
    ("ceiling('x')", NAN),
    ("floor(-1 div 0)", -INF),
    ("round('14.5')", 15.0),
    ("round(-2.5)", -2.0),
    ("round(1.005, 2)", 1.01),
    ("round('12345.15', 1)", 12345.2),
    ("round('-12345.15', 1)", -12345.1),
    ("round('12345.12345', -1)", 12350.0),
    ("round('12350.12345', -2)", 12400.0),
    ("round(-33.33, -1)", -30.0),
    ("round('14.29', 1.5)", 14.3),
    ("round(1, 1000000000)", NAN),
    ("round('NaN')", NAN),
    ("sum(/data/kid/age)", 15.0),
    ("sum(/data/kid/kind)", 1.0),
    ("sum(/data/nothing)", 0.0),
    ("max(/data/kid/age)", 11.0),
    ("max(-3, '-2', 'x')", -2.0),
    ("max(/data/nothing)", NAN),
    ("min(/data/kid/age, 2)", 2.0),
    ("min('')", NAN),
    ("pow(2.5, 2)", 6.25),
    ("pow(-8, 1 div 3)", NAN),
    ("pow(10, 1000)", INF),
    ("pow(-10, 1001)", -INF),
    ("pow(0, -1)", INF),
    ("log(0)", -INF),
    ("log(-1)", NAN),
    ("log(exp(2))", 2.0),
    ("log10(1000)", 3.0),
    ("log10(0)", -INF),
    ("exp(1000)", INF),
    ("exp10(3)", 1000.0),
    ("abs(-3.5)", 3.5),
    ("sqrt(-1)", NAN),
    ("sqrt(9)", 3.0),
    ("sin(0)", 0.0),
    ("cos(0)", 1.0),
    ("tan(0)", 0.0),
    ("tan(1 div 0)", NAN),
    ("asin(2)", NAN),
    ("acos(1)", 0.0),
    ("atan(1)", math.pi / 4),
    ("atan2(1, -1)", 3 * math.pi / 4),
    ("pi()", math.pi),
]

NODES = [
    ("count(/data/kid)", 2.0),
    ("count(/data/kid/toy)", 3.0),
    ("count(/data/nothing)", 0.0),
    ("count-non-empty(/data/kid/kind)", 1.0),
    ("count-non-empty(/data/kid)", 2.0),
    ("position(/data/kid[2])", 2.0),
    ("position(/data/nothing)", 0.0),
    ("string(/data/kid[position() = 2]/name)", "Budi"),
    ("count(instance('places')/root/item)", 3.0),
    ("string(instance('places')/root/item[name = 'bdg']/label)", "Bandung"),
    ("string(instance('places')/item[name = 'bdg']/label)", "Bandung"),
    ("string(current()/name)", "Sri"),
    ("string(indexed-repeat(/data/kid/name, /data/kid, 2))", "Budi"),
    ("string(indexed-repeat(/data/kid/name, /data/kid, 0))", "Adi"),
    ("string(indexed-repeat(/data/kid/name, /data/kid, 3))", ""),
    ("string(indexed-repeat(/data/kid/toy/t, /data/kid, 1, /data/kid/toy, 2))", "boneka"),
]

DATES = [
    ("today()", "2026-11-24"),
    ("now()", "2026-11-24T09:00:01.000+07:00"),
    ("date('2020-01-01T23:30:00Z')", "2020-01-02"),
    ("date('2020-1-1')", "2020-01-01"),
    ("date(14127)", "2008-09-05"),
    ("date('14127')", "2008-09-05"),
    ("date(6.5)", "1970-01-07"),
    ("date(-1)", "1969-12-31"),
    ("date('1983-09-31')", ""),
    ("date('not a date')", ""),
    ("date('')", ""),
    ("date(1 div 0)", ""),
    ("date(today() + 1)", "2026-11-25"),
    ("date-time(0)", "1970-01-01T07:00:00.000+07:00"),
    ("date-time('2020-01-01')", "2020-01-01T00:00:00.000+07:00"),
    ("date-time('')", ""),
    ("date-time(100000000000)", ""),
    ("decimal-date-time('1970-01-02T07:00:00.000+07:00')", 1.0),
    ("decimal-date-time('1970-01-01T19:00')", 0.5),
    ("decimal-date-time(3.5)", 3.5),
    ("decimal-date-time('')", NAN),
    ("decimal-time('12:00')", 0.5),
    ("decimal-time('18:00:00.000+07:00')", 0.75),
    ("decimal-time('05:00:00.000Z')", 0.5),
    ("decimal-time('2020-01-01T06:00:00+07:00')", 0.25),
    ("decimal-time(3.25)", 0.25),
    ("decimal-time('25:00')", NAN),
    ("decimal-time('noon')", NAN),
    ("format-date('2026-08-07', '%e %n %y|%d/%m/%Y')", "7 8 26|07/08/2026"),
    ("format-date('2026-08-17', '%a %b')", "Sen Agu"),
    ("format-date('2018-01-02T10:20:30.123', '%Y-%m-%e %H:%M:%S')", "2018-01-2 10:20:30"),
    ("format-date(0, '%Y-%m-%d %H')", "1970-01-01 00"),
    ("format-date('', '%Y')", ""),
    ("format-date('x', '%Y')", ""),
    ("format-date('2026-08-17', '100%% %Q%')", "100% %Q%"),
    ("format-date-time('2026-08-17T03:04:05.067Z', '%h:%M:%S.%3 %H')", "10:04:05.067 10"),
    ("format-date-time('', '%H')", ""),
    ("format-date-time(0.5, '%H')", "19"),
    ("'2008-09-08' - '1983-10-06'", 9104.0),
]

SELECTS = [
    ("selected('apple baby crimson', ' baby ')", True),
    ("selected('apple baby crimson', 'bab')", False),
    ("selected('', 'apple')", False),
    ("selected(/data/kind, 3)", True),
    ("is-selected('a b', 'b')", True),
    ("selected-at('a b c', 1)", "b"),
    ("selected-at('a b c', -1)", ""),
    ("selected-at('a b c', 9)", ""),
    ("count-selected(' a  b ')", 2.0),
    ("count-selected('')", 0.0),
    ("jr:choice-name('1', ' /data/kind ')", "Kursi roda"),
]


def same(one: Value, other: Value) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return (one != one and other != other) or one == pytest.approx(other, abs=1e-12)
    return type(one) is type(other) and one == other


@pytest.mark.parametrize(
    ("text", "expected"), [*TEXTS, *TRUTHS, *NUMBERS, *NODES, *DATES, *SELECTS]
)
def test_examples(run: Run, text: str, expected: Value) -> None:
    given = run(text)
    assert same(given, expected), given


RANDOM = {"random", "uuid", "randomize", "once"}
"""Functions with tests of their own below."""


def test_every_function_has_an_example() -> None:
    tables = [*TEXTS, *TRUTHS, *NUMBERS, *NODES, *DATES, *SELECTS]
    called = {part.name for text, _ in tables for part in walk(parse(text)) if type(part) is Call}
    assert called | RANDOM == set(FUNCTIONS)


def test_a_uuid_is_of_version_4_and_a_guid_has_its_length(run: Run) -> None:
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", str(run("uuid()"))
    )
    assert re.fullmatch(r"[0-9A-Z]{25}", str(run("uuid(25)")))
    assert run("uuid(-1)") == ""


def test_random_comes_from_the_environment(run: Run) -> None:
    assert run("random()") == make_environment().random.random()


def test_once_keeps_what_the_node_holds(run: Run, data: Node) -> None:
    assert run("once('new')", at="/data/name") == "Sri"
    assert run("once('new')", at="/data/total") == "new"
    total = data.find("/data/name")
    assert total is not None
    total.relevant = False
    assert run("once('new')", at="/data/name") == "Sri"


@pytest.mark.parametrize(
    ("letters", "seed", "expected"),
    [
        ("0123456789", 33, "3548201697"),
        ("0123456789", 42, "0591846372"),
        ("ABCDEF", 42, "AFCBDE"),
        ("ABCDEF", -42, "EDAFBC"),
        ("ABCDEF", 1, "BFEACD"),
        ("ABCDEF", 11111111, "ACDBFE"),
    ],
)
def test_a_seed_shuffles_as_in_odk_collect(letters: str, seed: float, expected: str) -> None:
    """JavaRosa's FisherYatesExamplesTest."""
    scope = None
    nodes = [Node("letter", letter) for letter in letters]
    shuffled = randomize(scope, nodes, seed)  # type: ignore[arg-type]
    assert "".join(node.value for node in shuffled) == expected


def test_randomize_keeps_every_node(run: Run) -> None:
    shuffled = run("randomize(instance('places')/root/item)")
    assert isinstance(shuffled, list)
    assert len({id(node) for node in shuffled}) == 3
    assert run("count(randomize(/data/kid/toy, 3))") == 3.0


def test_a_seed_that_is_no_number_is_as_zero() -> None:
    assert ParkMiller(NAN).random() == ParkMiller(0).random()


def test_labels_of_choices_are_found_from_inside_a_repeat(run: Run) -> None:
    assert run("jr:choice-name('1', ' ../kind ')", at="/data/kid[1]/name") == "Tongkat"
    assert run("jr:choice-name('1', 'current()/../kind')", at="/data/kid[1]/name") == "Tongkat"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("id", "Min 2 Mei"), ("en", "Sun 2 May"), ("", "Sun 2 May"), ("mad", "Min 2 Mei")],
)
def test_months_and_days_are_in_the_language(run: Run, language: str, expected: str) -> None:
    assert run("format-date('2027-05-02', '%a %e %b')", language=language) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("digest('a', 'ROT13')", "unknown-algorithm"),
        ("digest('a', 'MD5', 'rot13')", "unknown-encoding"),
        ("regex('a', '(?=a)')", "bad-pattern"),
        ("regex('a', '[')", "bad-pattern"),
        ("instance('gone')/root", "unknown-instance"),
        ("pulldata('gone', 'a', 'b', 'c')", "unknown-instance"),
        ("sum(1)", "not-nodes"),
        ("count(if(true(), 'a', /data/kid))", "not-nodes"),
        ("1 | 2", "not-nodes"),
        ("('a')[1]", "not-nodes"),
        ("indexed-repeat(/data/kid/name, /data/group, 1)", "not-an-ancestor"),
        ("indexed-repeat(//name, /data/kid, 1)", "not-a-path"),
        ("nothing()", "unknown-function"),
        ("area(/data/name)", "unknown-function"),
        ("true(5)", "wrong-number-of-arguments"),
        ("number()", "wrong-number-of-arguments"),
        ("weighted-checklist(1, 2, 3)", "wrong-number-of-arguments"),
        ("indexed-repeat(/data/kid/name, /data/kid)", "wrong-number-of-arguments"),
        ("uuid(1000000000)", "text-too-long"),
    ],
)
def test_what_cannot_be_is_an_error_with_its_place(run: Run, text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        run(f"1 + {text}")
    assert raised.value.code == code
    assert raised.value.position >= 4

"""The contract: what every backend promises. `collection.py` says it in words."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.responses.collection import Collection, Conflict, Document, same_content
from tests.responses.documents import answered, response

pytestmark = pytest.mark.usefixtures("small_segments")

Backend = Callable[[], Collection]


def ids(documents: Iterator[Document]) -> list[str]:
    return [document["id"] for document in documents]


def everyone(collection: Collection) -> list[str]:
    return ids(document for _, document in collection.each())


def test_what_is_added_comes_back_as_it_was(backend: Backend) -> None:
    stored = backend().add(response())
    assert stored.new
    assert backend().get(stored.key) == response()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(
    answers=st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
        ),
    ),
    number=st.integers(0, 2**128 - 1),
)
def test_any_json_comes_back_as_it_was(collection: Collection, answers: Any, number: int) -> None:
    document = response(number, answers=answers)
    key = collection.add(document).key
    assert collection.get(key) == document
    assert collection.remove(key)


def test_the_same_submission_is_stored_once(backend: Backend) -> None:
    first, again = backend().add(response()), backend().add(response())
    assert (again.key, again.new) == (first.key, False)
    assert backend().count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"submitted": "2026-08-17T05:00:00+00:00"},
        {"receipt": "f" * 64},
        {"collector": "sari"},
        {"channel": "offline"},
        {"language": "en"},
        {"consent": {**response()["consent"], "time": "2026-08-17T05:00:00Z"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_retry_may_come_another_way(collection: Collection, change: Document) -> None:
    stored = collection.add(response())
    assert not collection.add(response(**change)).new
    assert collection.get(stored.key) == response()


@pytest.mark.parametrize(
    "other",
    [
        answered(1, age=99),
        response(version="2026-09-01"),
        response(activity="musrenbang"),
        response(consent={**response()["consent"], "means": "proxy"}),
        response(consent=None),
    ],
    ids=["answers", "version", "activity", "consent", "no-consent"],
)
def test_one_id_cannot_say_two_things(collection: Collection, other: Document) -> None:
    stored = collection.add(response())
    with pytest.raises(Conflict) as refusal:
        collection.add(other)
    assert refusal.value.identity == response()["id"]
    assert collection.get(stored.key) == response()
    assert collection.count() == 1


def test_a_retry_is_known_however_long_ago_and_by_whichever_worker(backend: Backend) -> None:
    one, other = backend(), backend()
    keys = [(one, other)[number % 2].add(response(number)).key for number in range(10)]
    for worker in (one, other, backend()):
        again = [worker.add(response(number)) for number in range(10)]
        assert [stored.key for stored in again] == keys
        assert not any(stored.new for stored in again)


def test_a_retry_is_known_from_between_two_looks_of_a_worker(backend: Backend) -> None:
    """Another worker filled the segment that was open at the last look, and others after it."""
    one, other = backend(), backend()
    one.add(response(0))
    for number in range(1, 11):
        other.add(response(number))
    assert not any(one.add(response(number)).new for number in (5, 1, 10, 3, 7))
    assert one.count() == 11


@pytest.mark.parametrize("identity", [None, "", 7, "a/b", '"', "x" * 101, "satu dua"])
def test_an_id_is_needed(collection: Collection, identity: Any) -> None:
    with pytest.raises(ValueError, match="id"):
        collection.add(response(id=identity))
    assert collection.count() == 0


def test_an_openrosa_instance_id_will_do(collection: Collection) -> None:
    document = response(id="uuid:3f1c2a52-0000-4000-8000-000000000001")
    assert collection.get(collection.add(document).key) == document


def test_what_is_not_json_is_refused(collection: Collection) -> None:
    with pytest.raises(TypeError):
        collection.add(response(answers={"photo": object()}))
    assert collection.count() == 0


@pytest.mark.parametrize("key", ["", "nonsense", "000001-1", "000099-5", "../../etc/passwd", "-1"])
def test_an_unknown_key_is_nobody(collection: Collection, key: str) -> None:
    collection.add(response())
    assert collection.get(key) is None
    assert not collection.remove(key)
    with pytest.raises(KeyError):
        collection.replace(key, response())


def test_an_empty_collection(collection: Collection) -> None:
    assert collection.count() == 0
    assert list(collection.each()) == []
    assert list(collection.segments()) == []
    assert list(collection.erasures()) == []
    assert collection.find(id=response()["id"]) is None
    assert collection.remove_all([]) == 0


def test_a_response_is_found_by_id_and_by_receipt(collection: Collection) -> None:
    keys = [collection.add(response(number)).key for number in range(8)]
    for number in (0, 4, 7):
        found = (keys[number], response(number))
        assert collection.find(id=response(number)["id"]) == found
        assert collection.find(receipt=response(number)["receipt"]) == found
    assert collection.find(id=response(99)["id"]) is None
    assert collection.find(receipt="") is None


def test_nobody_is_found_by_what_somebody_wrote(collection: Collection) -> None:
    wanted = response(99)
    collection.add(answered(1, id=wanted["id"], receipt=wanted["receipt"], comment=wanted["id"]))
    assert collection.find(id=wanted["id"]) is None
    assert collection.find(receipt=wanted["receipt"]) is None
    assert collection.add(wanted).new


def test_a_correction_takes_the_place_of_the_response(backend: Backend) -> None:
    keys = [backend().add(response(number)).key for number in range(5)]
    corrected = answered(1, age=33, added="baru")
    del corrected["answers"]["comment"]
    backend().replace(keys[1], corrected)
    assert backend().get(keys[1]) == corrected
    assert everyone(backend()) == ids(response(number) for number in range(5))


def test_a_correction_is_of_the_same_response(collection: Collection) -> None:
    key = collection.add(response(1)).key
    with pytest.raises(ValueError, match="id"):
        collection.replace(key, response(2))
    assert collection.get(key) == response(1)


def test_an_erased_response_is_gone_everywhere(backend: Backend) -> None:
    collection = backend()
    keys = [collection.add(response(number)).key for number in range(7)]
    assert collection.remove(keys[2])
    assert not collection.remove(keys[2])
    for worker in (collection, backend()):
        assert worker.get(keys[2]) is None
        assert worker.find(id=response(2)["id"]) is None
        assert worker.count() == 6
        assert response(2)["id"] not in everyone(worker)
        assert response(2)["id"] not in ids(
            document for segment in worker.segments() for document in segment.documents()
        )


def test_a_key_is_never_used_again(collection: Collection) -> None:
    used = set()
    for number in range(8):
        key = collection.add(response(number)).key
        assert key not in used
        used.add(key)
        collection.remove(key)


def test_what_was_taken_back_can_be_given_again(backend: Backend) -> None:
    one, other = backend(), backend()
    key = one.add(response()).key
    other.add(response(2))
    other.remove(key)
    again = one.add(answered(1, age=50))
    assert again.new
    assert again.key != key
    assert not other.add(answered(1, age=50)).new


def test_many_are_erased_at_once(collection: Collection) -> None:
    keys = [collection.add(response(number)).key for number in range(10)]
    wanted = [*keys[::2], "000099-1", "nonsense", keys[0]]
    assert collection.remove_all(iter(wanted)) == 5
    assert everyone(collection) == ids(response(number) for number in range(1, 10, 2))


def test_each_comes_in_order_and_filtered(collection: Collection) -> None:
    keys = [collection.add(response(number)).key for number in range(8)]
    assert list(collection.each()) == [(keys[n], response(n)) for n in range(8)]
    even = collection.each(lambda document: document["answers"]["age"] % 2 == 0)
    assert [key for key, _ in even] == keys[::2]


def test_responses_may_come_and_go_while_they_are_read(collection: Collection) -> None:
    keys = [collection.add(response(number)).key for number in range(8)]
    reading = collection.each()
    seen = [next(reading)[0]]
    collection.remove(keys[7])
    collection.add(response(8))
    seen += [key for key, _ in reading]
    assert seen[:7] == keys[:7]
    assert keys[7] not in seen


def test_what_comes_back_is_ours_to_change(collection: Collection) -> None:
    key = collection.add(response()).key
    for document in (collection.get(key), next(collection.each())[1]):
        assert document is not None
        document["answers"]["age"] = -1
    assert collection.get(key) == response()


def test_segments_are_the_whole_collection(collection: Collection) -> None:
    for number in range(8):
        collection.add(response(number))
    segments = list(collection.segments())
    assert ids(document for segment in segments for document in segment.documents()) == everyone(
        collection
    )
    assert [segment.sealed for segment in segments] == [True] * (len(segments) - 1) + [False]
    assert len({segment.name for segment in segments}) == len(segments) > 1


def test_a_fingerprint_moves_with_the_content_of_its_segment_only(collection: Collection) -> None:
    keys = [collection.add(response(number)).key for number in range(8)]

    def moved(act: Callable[[], Any]) -> list[bool]:
        before = {segment.name: segment.fingerprint for segment in collection.segments()}
        act()
        return [
            before.get(segment.name) != segment.fingerprint for segment in collection.segments()
        ]

    assert moved(lambda: collection.get(keys[0])) == [False, False, False]
    assert moved(lambda: collection.add(response(0))) == [False, False, False]
    assert moved(lambda: collection.add(response(8))) == [False, False, True]
    assert moved(lambda: collection.replace(keys[4], answered(4, age=1))) == [False, True, False]
    assert moved(lambda: collection.remove(keys[0])) == [True, False, False]


def test_a_fingerprint_moves_with_every_one_of_many_quick_changes(collection: Collection) -> None:
    key = collection.add(response()).key
    seen = set()
    for number in range(50):
        collection.replace(key, answered(1, age=10 + number % 2))
        seen.update(segment.fingerprint for segment in collection.segments())
    assert len(seen) == 50


def test_an_erasure_is_remembered_without_what_was_said(collection: Collection) -> None:
    key = collection.add(response()).key
    assert not collection.erased(response()["id"])
    collection.remove(key)
    assert collection.erased(response()["id"])
    assert not collection.erased(response(2)["id"])
    [erasure] = collection.erasures()
    assert key not in repr(erasure)
    assert response()["id"] not in repr(erasure)


@pytest.mark.parametrize("field", ["answers", "consent", "activity", "started", "form", "phone"])
def test_only_what_is_said_counts_as_content(field: str) -> None:
    assert same_content(response(), response(submitted="later", receipt=None))
    assert not same_content(response(), response(**{field: "other"}))

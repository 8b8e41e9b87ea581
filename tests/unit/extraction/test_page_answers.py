import json
from array import array
from typing import Any

import pytest

from archivist.extraction import page_answers
from archivist.extraction.frames import JobFailed
from archivist.extraction.page_answers import Refused, decode_layer, decode_pages, decode_stopped
from archivist.model.page import OutlineEntry, PageLayer, Pages, PageSize
from archivist.model.sandbox import Failure

PAGES: dict[str, Any] = {
    "sizes": [[612.0, 792], [100, 200.5]],
    "labels": ["i", "2"],
    "outline": [[0, "One", 0, 92.5], [1, "Nowhere", None, 0]],
}
BOXES = array("f", [1, 2, 3, 4, 0, 0, 0, 0])


def test_a_true_answer_becomes_pages() -> None:
    assert decode_pages(PAGES) == Pages(
        (PageSize(612, 792), PageSize(100, 200.5)),
        ("i", "2"),
        (OutlineEntry(0, "One", 0, 92.5), OutlineEntry(1, "Nowhere", None)),
    )


@pytest.mark.parametrize(
    "lie",
    [
        '{"sizes": []}',
        '{"sizes": [], "labels": []}',
        '{"sizes": [[612, 792]]}',
        '{"sizes": [[612, 792], [612]]}',
        '{"sizes": [[612, 792], [612, 0]]}',
        '{"sizes": [[612, 792], [612, -5]]}',
        '{"sizes": [[612, 792], [612, NaN]]}',
        '{"sizes": [[612, 792], [612, Infinity]]}',
        '{"sizes": [[612, 792], [612, 1e300]]}',
        '{"sizes": [[612, 792], [612, true]]}',
        '{"sizes": [[612, 792], [612, "9"]]}',
        '{"sizes": [[612, 792], 7]}',
        '{"sizes": 7}',
        '{"labels": ["i"]}',
        '{"labels": ["i", ""]}',
        '{"labels": ["i", "a\\nb"]}',
        '{"labels": ["i", 2]}',
        '{"labels": ["i", "\\ud800"]}',
        '{"outline": [[0, "One", 2, 0]]}',
        '{"outline": [[0, "One", -1, 0]]}',
        '{"outline": [[0, "One", 0.5, 0]]}',
        '{"outline": [[0, "One", 0, 793]]}',
        '{"outline": [[0, "One", 0, NaN]]}',
        '{"outline": [[-1, "One", 0, 0]]}',
        '{"outline": [[31, "One", 0, 0]]}',
        '{"outline": [[0, "", 0, 0]]}',
        '{"outline": [[0, "One\\u001b[31m", 0, 0]]}',
        '{"outline": [[0, "One", 0]]}',
        '{"outline": null}',
    ],
)
def test_a_lie_about_pages_is_not_believed(lie: str) -> None:
    with pytest.raises(JobFailed) as refused:
        decode_pages(PAGES | json.loads(lie))

    assert refused.value.failure is Failure.MALFORMED


@pytest.mark.parametrize("missing", PAGES)
def test_an_answer_with_a_hole_is_not_believed(missing: str) -> None:
    with pytest.raises(JobFailed):
        decode_pages({key: value for key, value in PAGES.items() if key != missing})


def test_more_pages_than_there_can_be_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_answers, "MOST_PAGES", 1)

    with pytest.raises(JobFailed):
        decode_pages(PAGES)


def test_an_orderly_refusal_is_told_apart() -> None:
    with pytest.raises(Refused) as refused:
        decode_pages({"failure": "password"})
    assert refused.value.failure is Failure.PASSWORD

    with pytest.raises(JobFailed) as lied:
        decode_pages({"failure": "no such thing"})
    assert lied.value.failure is Failure.MALFORMED


def test_words_and_their_boxes_become_a_layer() -> None:
    payload = BOXES.tobytes() + "é\n".encode()

    assert decode_layer({"characters": 2}, payload) == PageLayer("é\n", BOXES)
    assert decode_layer({"characters": 0}, b"") == PageLayer("", array("f"))


@pytest.mark.parametrize(
    ("characters", "payload"),
    [
        (2, b""),
        (2, BOXES.tobytes()),
        (2, BOXES.tobytes() + b"a"),
        (2, BOXES.tobytes() + b"abc"),
        (2, BOXES.tobytes() + b"a\xff"),
        (2, BOXES.tobytes() + b"a\r"),
        (2, BOXES.tobytes() + "e\u0301".encode()),
        (1, BOXES.tobytes() + b"a"),
        (0, b"a"),
        (-1, b""),
        (True, BOXES[:4].tobytes() + b"a"),
        (10**9, b""),
        ("2", BOXES.tobytes() + b"ab"),
        (1, array("f", [1, 2, float("nan"), 4]).tobytes() + b"a"),
        (1, array("f", [1, 2, float("inf"), 4]).tobytes() + b"a"),
        (1, array("f", [-float("inf"), 2, float("inf"), 4]).tobytes() + b"a"),
        (1, array("f", [1, 2, 2e6, 4]).tobytes() + b"a"),
        (1, array("f", [3, 2, 1, 4]).tobytes() + b"a"),
        (1, array("f", [1, 4, 3, 2]).tobytes() + b"a"),
    ],
)
def test_a_lie_about_words_is_not_believed(characters: object, payload: bytes) -> None:
    with pytest.raises(JobFailed) as refused:
        decode_layer({"characters": characters}, payload)

    assert refused.value.failure is Failure.MALFORMED


def test_a_picture_says_whether_it_was_finished() -> None:
    assert decode_stopped({"stopped": True})
    assert not decode_stopped({"stopped": False})
    for lie in ({}, {"stopped": 1}, {"stopped": None}):
        with pytest.raises(JobFailed):
            decode_stopped(lie)

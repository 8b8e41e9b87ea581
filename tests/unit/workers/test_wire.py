"""How a copy of the zygote reads its pipes; here both ends are ours."""

import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from archivist.model.sandbox import Failure
from archivist.workers import wire
from archivist.workers.canvas import ON_THE_PIPE, Canvas
from archivist.workers.failing import Unreadable
from archivist.workers.wire import LENGTHS, STOP, Answer, Ask, Header, hold_session


def frame(header: Header, data: bytes = b"") -> bytes:
    packed = json.dumps(header).encode()
    return LENGTHS.pack(len(packed), len(data)) + packed + data


def frames(said: bytes) -> Iterator[tuple[Any, bytes]]:
    while said:
        header, data = LENGTHS.unpack_from(said)
        end = LENGTHS.size + header
        yield json.loads(said[LENGTHS.size : end]), said[end : end + data]
        said = said[end + data :]


def begin(header: Header, data: bytes, _canvas: Canvas, _is_called: Callable[[], bool]) -> tuple[Answer, Ask]:
    if header.get("fails"):
        raise Unreadable(Failure.PASSWORD)

    def ask(asked: Header, _: bytes) -> Answer:
        if asked["do"] == "fail":
            raise MemoryError
        return {"asked": asked["do"]}, data

    return ({"opened": True}, b""), ask


def answers_to(*requests: bytes) -> tuple[bool, list[tuple[Any, bytes]]]:
    jobs, ours = os.pipe()
    said, theirs = os.pipe()
    os.write(ours, b"".join(requests))
    os.close(ours)
    took_one = hold_session(jobs, theirs, {"pages": begin}, Canvas(ON_THE_PIPE))
    os.close(theirs)
    os.close(jobs)
    with os.fdopen(said, "rb") as answers:
        return took_one, list(frames(answers.read()))


def test_one_document_is_asked_about_until_the_pipe_ends() -> None:
    took_one, answers = answers_to(
        frame({"job": "pages"}, b"bytes"), frame({"do": "a"}), frame({"do": "fail"}), frame({"do": "b"})
    )

    assert took_one
    assert answers == [
        ({"opened": True}, b""),
        ({"asked": "a"}, b"bytes"),
        ({"failure": "memory"}, b""),
        ({"asked": "b"}, b"bytes"),
    ]


def test_a_call_to_stop_has_no_answer() -> None:
    _, answers = answers_to(
        frame({"job": "pages"}), frame({"do": "a"}), frame(STOP), frame({"do": "b"}), frame(STOP)
    )

    assert [header.get("asked") for header, _ in answers] == [None, "a", "b"]


def test_a_document_that_does_not_open_is_asked_nothing_more() -> None:
    took_one, answers = answers_to(frame({"job": "pages", "fails": True}), frame({"do": "a"}))

    assert took_one
    assert answers == [({"failure": "password", "what": ""}, b"")]


def test_without_a_document_there_is_nothing_to_do() -> None:
    assert answers_to() == (False, [])


def test_the_pipe_is_looked_at_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([1.0, 1.0 + wire.BETWEEN_LOOKS / 2, 2.0, 3.0, 4.0])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    jobs, ours = os.pipe()
    is_called = wire._is_called(jobs)  # noqa: SLF001  what a session is given

    assert not is_called()
    os.write(ours, b"x")
    assert not is_called(), "too early to look again"
    assert is_called()
    os.read(jobs, 1)
    assert not is_called()
    os.close(ours)
    assert is_called(), "the app is gone"
    os.close(jobs)

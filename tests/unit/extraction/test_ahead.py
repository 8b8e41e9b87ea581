import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from archivist.extraction.ahead import AT_ONCE, Meanwhile, Waiting, read_ahead
from archivist.extraction.sandbox import Sandbox
from archivist.model.document import Extraction


def waiting(count: int, drawn: list[int]) -> Iterator[Waiting[int]]:
    for number in range(count):
        drawn.append(number)
        if number % 3 == 0:
            yield Waiting(number)
        else:
            yield Waiting(number, f"{number}.txt", f"Statement number {number}.".encode)


def test_answers_come_in_the_order_of_the_documents() -> None:
    with Sandbox() as sandbox:
        answers = list(read_ahead(sandbox, waiting(20, [])))

    assert [number for number, _ in answers] == list(range(20))
    for number, answer in answers:
        if number % 3 == 0:
            assert answer is None
        else:
            assert isinstance(answer, Extraction)
            assert answer.text == f"Statement number {number}."


def test_no_more_documents_are_drawn_than_there_is_room_for() -> None:
    drawn: list[int] = []
    with Sandbox() as sandbox:
        answers = read_ahead(sandbox, waiting(200, drawn))
        next(answers)
        first = len(drawn)
        answers.close()

    assert first <= 4 * AT_ONCE
    assert len(drawn) == first


def test_an_error_while_a_document_is_fetched_reaches_the_caller() -> None:
    def gone() -> bytes:
        raise FileNotFoundError("gone")

    with Sandbox() as sandbox, pytest.raises(FileNotFoundError, match="gone"):
        list(read_ahead(sandbox, [Waiting(1, "a.txt", gone)]))


def test_stopping_in_the_middle_of_a_document_leaves_nothing_behind() -> None:
    """A page that would be read for many seconds is given up at once."""
    endless = ("<html><body>" + "<p>word</p>" * 3_000_000 + "</body></html>").encode()
    documents = [Waiting(0, "small.txt", lambda: b"small"), Waiting(1, "long.html", lambda: endless)]
    before = threading.active_count()
    with Sandbox() as sandbox:
        answers = read_ahead(sandbox, documents)
        next(answers)
        begun = time.monotonic()
        answers.close()
        seconds = time.monotonic() - begun

    assert seconds < 10
    assert threading.active_count() <= before + 1  # the one thread that starts children stays


def test_stopping_while_a_document_is_fetched_does_not_wait_until_it_is_read() -> None:
    endless = ("<html><body>" + "<p>word</p>" * 3_000_000 + "</body></html>").encode()
    fetching, stopping = threading.Event(), threading.Event()

    def fetched() -> bytes:
        fetching.set()
        stopping.wait(10)
        return endless

    with Sandbox() as sandbox:
        sandbox.extract(b"words", "a.txt")
        answers = read_ahead(
            sandbox, [Waiting(0, "small.txt", lambda: b"small"), Waiting(1, "long.html", fetched)]
        )
        next(answers)
        assert fetching.wait(10)
        begun = time.monotonic()
        threading.Timer(0.2, stopping.set).start()
        answers.close()
        seconds = time.monotonic() - begun

    assert seconds < 2


def test_what_needs_no_reading_is_not_held_up() -> None:
    """A second import of the same files tells of each at once, and looks at none twice."""
    drawn: list[int] = []

    def known() -> Iterator[Waiting[int]]:
        for number in range(1_000):
            drawn.append(number)
            yield Waiting(number)

    with Sandbox() as sandbox:
        answers = read_ahead(sandbox, known())
        first = next(answers)
        drawn_first = len(drawn)
        rest = [number for number, _ in answers]

    assert first == (0, None)
    assert drawn_first == 1
    assert rest == list(range(1, 1_000))


def test_a_long_document_does_not_pile_up_what_comes_after_it() -> None:
    drawn: list[int] = []
    begun, over = threading.Event(), threading.Event()

    def slow() -> bytes:
        begun.set()
        over.wait(10)
        return b"words"

    def files() -> Iterator[Waiting[int]]:
        yield Waiting(0, "slow.txt", slow)
        for number in range(1, 1_000):
            drawn.append(number)
            yield Waiting(number)

    with Sandbox() as sandbox, closing(read_ahead(sandbox, files())) as answers:
        threading.Timer(0.3, over.set).start()
        next(answers)

    assert len(drawn) <= 2 * AT_ONCE


def test_another_sandbox_is_as_safe_as_the_first() -> None:
    with Sandbox() as sandbox, sandbox.another() as other:
        assert other.level == sandbox.level


def test_others_are_let_in_while_a_slow_document_is_waited_for() -> None:
    over = threading.Event()
    caller, waits = threading.get_ident(), [0.0]

    def slow() -> bytes:
        over.wait(10)
        return b"words"

    def let_in() -> None:
        assert threading.get_ident() == caller
        waits.append(time.monotonic())
        if len(waits) > 10:
            over.set()

    with Sandbox() as sandbox:
        answers = list(read_ahead(sandbox, [Waiting(0, "a.txt", slow)], Meanwhile(on_wait=let_in)))

    assert len(answers) == 1
    assert waits[10] - waits[1] < 2


def test_each_document_is_told_of_when_it_is_taken_up() -> None:
    told: list[str] = []
    meanwhile: Meanwhile[int] = Meanwhile(on_begin=lambda number: told.append(f"begin {number}"))

    with Sandbox() as sandbox:
        for number, _ in read_ahead(sandbox, waiting(20, []), meanwhile):
            told.append(f"end {number}")

    begun = [int(word.split()[1]) for word in told if word.startswith("begin")]
    assert sorted(begun) == [number for number in range(20) if number % 3]
    assert all(told.index(f"begin {number}") < told.index(f"end {number}") for number in begun)


def test_whoever_is_let_in_may_end_it() -> None:
    endless = ("<html><body>" + "<p>word</p>" * 3_000_000 + "</body></html>").encode()
    before = threading.active_count()

    def stop() -> None:
        raise KeyboardInterrupt

    with Sandbox() as sandbox, pytest.raises(KeyboardInterrupt):
        list(read_ahead(sandbox, [Waiting(1, "long.html", lambda: endless)], Meanwhile(on_wait=stop)))

    assert threading.active_count() <= before + 1

import pytest

from archivist.extraction.frames import LARGEST_ANSWER, LENGTHS, JobFailed, is_whole, unpack
from archivist.model.sandbox import Failure

ANSWER = b'{"a": 1}'


def frame(header: bytes, data: bytes = b"") -> bytes:
    return LENGTHS.pack(len(header), len(data)) + header + data


def test_one_frame_is_an_answer() -> None:
    assert is_whole(bytearray(frame(ANSWER, b"data")))
    assert unpack(frame(ANSWER, b"data")) == ({"a": 1}, b"data")


@pytest.mark.parametrize("part", [b"", b"\0", frame(ANSWER)[:-1]])
def test_a_part_of_a_frame_is_not_whole_yet(part: bytes) -> None:
    assert not is_whole(bytearray(part))


@pytest.mark.parametrize("surplus", [b"\0", frame(ANSWER)])
def test_a_byte_too_many_is_malformed(surplus: bytes) -> None:
    with pytest.raises(JobFailed) as refused:
        is_whole(bytearray(frame(ANSWER) + surplus))

    assert refused.value.failure is Failure.MALFORMED


@pytest.mark.parametrize("lengths", [(0xFFFFFFFF, 0), (0, 2**64 - 1), (1, LARGEST_ANSWER)])
def test_what_promises_too_much_is_not_waited_for(lengths: tuple[int, int]) -> None:
    with pytest.raises(JobFailed) as refused:
        is_whole(bytearray(LENGTHS.pack(*lengths)))

    assert refused.value.failure is Failure.TOO_MUCH_TEXT


@pytest.mark.parametrize("header", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_header_that_is_no_object_is_malformed(header: bytes) -> None:
    with pytest.raises(JobFailed) as refused:
        unpack(frame(header))

    assert refused.value.failure is Failure.MALFORMED

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.storage import recovery_code

raw_codes = st.binary(min_size=recovery_code.BYTES, max_size=recovery_code.BYTES)


@given(raw=raw_codes)
def test_every_code_can_be_read_back(raw: bytes) -> None:
    spelled = recovery_code.spelled(raw)

    assert recovery_code.read(spelled) == raw
    assert [len(group) for group in spelled.split("-")] == [4] * 8


@given(raw=raw_codes)
def test_a_code_is_read_however_a_hand_wrote_it(raw: bytes) -> None:
    spelled = recovery_code.spelled(raw)

    for typed in (
        spelled.lower(),
        spelled.replace("-", ""),
        f"  {spelled.replace('-', ' ')}\n",
        spelled.replace("-", "–"),
        spelled.replace("0", "o").replace("1", "l"),
        spelled.replace("0", "O").replace("1", "I"),
    ):
        assert recovery_code.read(typed) == raw


@pytest.mark.parametrize(
    "typed", ["", "0" * 31, "0" * 33, "U" * 32, "_" * 32, "٣" * 32, "correct horse battery staple"]
)
def test_what_is_no_code_is_not_taken_for_one(typed: str) -> None:
    assert recovery_code.read(typed) is None

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from archivist.model.errors import (
    AlreadyThere,
    ArchiveDamaged,
    ArchiveTooNew,
    EmptyPassphrase,
    WrongPassphrase,
)
from archivist.storage import keys as module
from archivist.storage.files import checksum
from archivist.storage.keys import (
    COPY,
    KEYS,
    LOWEST_COST,
    ArchiveKeys,
    Argon2Cost,
    change_passphrase,
    copy_keys,
    create_keys,
    unlock,
)

ARCHIVE = "0198c0de-0000-7000-8000-000000000001"
WORDS = "correct horse battery staple"


def make(
    folder: Path, passphrase: str = WORDS, *, with_recovery: bool = False
) -> tuple[ArchiveKeys, str | None]:
    return create_keys(folder, ARCHIVE, passphrase, with_recovery=with_recovery, cost=LOWEST_COST)


def make_with_code(folder: Path) -> tuple[ArchiveKeys, str]:
    keys, code = make(folder, with_recovery=True)
    assert code
    return keys, code


def read(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_bytes())
    return record


def forge(folder: Path, record: dict[str, Any], *names: str) -> None:
    """Write a key file as someone would who knows how it is made."""
    whole = {name: value for name, value in record.items() if name != "sha256"}
    for name in names or (KEYS, COPY):
        (folder / name).write_text(json.dumps({**whole, "sha256": checksum(whole)}))


@pytest.fixture
def no_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    def derive(**_: object) -> None:
        pytest.fail("a key was derived with parameters that nobody should accept")

    monkeypatch.setattr(module, "Argon2id", derive)


def test_the_passphrase_opens_the_keys(tmp_path: Path) -> None:
    made, code = make(tmp_path)

    assert unlock(tmp_path, ARCHIVE, WORDS) == made
    assert code is None


def test_a_wrong_passphrase_does_not(tmp_path: Path) -> None:
    make_with_code(tmp_path)

    for wrong in ("", "Correct horse battery staple", WORDS + " "):
        with pytest.raises(WrongPassphrase):
            unlock(tmp_path, ARCHIVE, wrong)


def test_each_purpose_has_its_own_key_and_no_key_is_ever_shown(tmp_path: Path) -> None:
    made, _ = make(tmp_path)

    assert len({made.database, made.originals, made.names, made.index}) == 4
    assert {len(key) for key in (made.database, made.originals, made.names, made.index)} == {32}
    assert repr(made) == "ArchiveKeys()"


def test_two_archives_with_one_passphrase_share_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert make(tmp_path / "a")[0] != make(tmp_path / "b")[0]


def test_the_key_files_are_private_and_alike_and_hold_no_key(tmp_path: Path) -> None:
    made, code = make_with_code(tmp_path)

    content = (tmp_path / KEYS).read_bytes()
    assert (tmp_path / COPY).read_bytes() == content
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in (KEYS, COPY)} == {0o600}
    for secret in (WORDS, code, code.replace("-", ""), made.database.hex()):
        assert secret.encode() not in content


def test_keys_are_never_made_over_others(tmp_path: Path) -> None:
    made, _ = make(tmp_path)

    with pytest.raises(AlreadyThere):
        make(tmp_path, "another")

    assert unlock(tmp_path, ARCHIVE, WORDS) == made


def test_an_empty_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyPassphrase):
        make(tmp_path, "")
    assert list(tmp_path.iterdir()) == []

    make(tmp_path)
    with pytest.raises(EmptyPassphrase):
        change_passphrase(tmp_path, ARCHIVE, WORDS, "", cost=LOWEST_COST)
    unlock(tmp_path, ARCHIVE, WORDS)


def test_accents_may_be_typed_either_way(tmp_path: Path) -> None:
    made, _ = make(tmp_path, "Ñandú ﬁn")

    assert unlock(tmp_path, ARCHIVE, "N\u0303andu\u0301 fin") == made


def test_a_passphrase_of_broken_text_is_a_passphrase(tmp_path: Path) -> None:
    made, _ = make(tmp_path, "caf\udce9")

    assert unlock(tmp_path, ARCHIVE, "caf\udce9") == made


# --- the recovery code


def test_the_recovery_code_opens_the_keys_however_it_is_typed(tmp_path: Path) -> None:
    made, code = make_with_code(tmp_path)

    typed = [
        code,
        code.lower(),
        code.replace("-", ""),
        f"  {code.replace('-', ' ')}\n",
        code.replace("-", "–"),
        code.replace("0", "o").replace("1", "l"),
        code.replace("0", "O").replace("1", "I"),
    ]

    assert all(unlock(tmp_path, ARCHIVE, one) == made for one in typed)


def test_another_code_opens_nothing(tmp_path: Path) -> None:
    _, code = make_with_code(tmp_path)
    other = ("2" if code[0] != "2" else "3") + code[1:]

    with pytest.raises(WrongPassphrase):
        unlock(tmp_path, ARCHIVE, other)


# --- changing the passphrase


def test_a_new_passphrase_replaces_the_old_and_leaves_the_recovery_code(tmp_path: Path) -> None:
    made, code = make_with_code(tmp_path)

    change_passphrase(tmp_path, ARCHIVE, WORDS, "another", cost=LOWEST_COST)

    assert unlock(tmp_path, ARCHIVE, "another") == made
    assert unlock(tmp_path, ARCHIVE, code) == made
    with pytest.raises(WrongPassphrase):
        unlock(tmp_path, ARCHIVE, WORDS)
    assert len(read(tmp_path / KEYS)["slots"]) == 2


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_code(tmp_path: Path) -> None:
    made, code = make_with_code(tmp_path)

    change_passphrase(tmp_path, ARCHIVE, code, "another", cost=LOWEST_COST)

    assert unlock(tmp_path, ARCHIVE, "another") == made
    with pytest.raises(WrongPassphrase):
        unlock(tmp_path, ARCHIVE, WORDS)


def test_without_the_old_one_nothing_is_changed(tmp_path: Path) -> None:
    make(tmp_path)
    before = (tmp_path / KEYS).read_bytes()

    with pytest.raises(WrongPassphrase):
        change_passphrase(tmp_path, ARCHIVE, "a guess", "another", cost=LOWEST_COST)

    assert (tmp_path / KEYS).read_bytes() == before


# --- damage


@pytest.mark.parametrize("garbage", [b"", b"garbage", b"[]", b"{}", b'{"format": 1}'])
def test_a_damaged_key_file_is_replaced_by_its_copy_and_repaired_at_the_next_write(
    tmp_path: Path, garbage: bytes
) -> None:
    made, _ = make(tmp_path)
    (tmp_path / KEYS).write_bytes(garbage)

    assert unlock(tmp_path, ARCHIVE, WORDS) == made
    change_passphrase(tmp_path, ARCHIVE, WORDS, "another", cost=LOWEST_COST)

    (tmp_path / COPY).unlink()
    assert unlock(tmp_path, ARCHIVE, "another") == made


def test_a_lost_key_file_is_replaced_by_its_copy(tmp_path: Path) -> None:
    made, _ = make(tmp_path)
    (tmp_path / KEYS).unlink()

    assert unlock(tmp_path, ARCHIVE, WORDS) == made


def test_one_flipped_bit_in_a_wrapped_key_is_damage_and_not_a_wrong_passphrase(tmp_path: Path) -> None:
    made, _ = make(tmp_path)
    record = read(tmp_path / KEYS)
    wrapped = record["slots"][0]["wrapped"]
    record["slots"][0]["wrapped"] = wrapped[:-1] + ("0" if wrapped[-1] != "0" else "1")
    (tmp_path / KEYS).write_text(json.dumps(record))

    assert unlock(tmp_path, ARCHIVE, WORDS) == made

    for name in (KEYS, COPY):
        (tmp_path / name).write_text(json.dumps(record))
    with pytest.raises(ArchiveDamaged, match=r"keys\.json"):
        unlock(tmp_path, ARCHIVE, WORDS)


def test_without_either_key_file_the_archive_is_damaged(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / KEYS).write_bytes(b"garbage")
    (tmp_path / COPY).unlink()

    with pytest.raises(ArchiveDamaged, match=r"keys\.json.*keys\.copy\.json.*Restore"):
        unlock(tmp_path, ARCHIVE, WORDS)
    with pytest.raises(ArchiveDamaged):
        change_passphrase(tmp_path, ARCHIVE, WORDS, "another", cost=LOWEST_COST)


def test_the_keys_of_another_archive_are_refused(tmp_path: Path) -> None:
    make(tmp_path)

    with pytest.raises(ArchiveDamaged):
        unlock(tmp_path, "0198c0de-0000-7000-8000-000000000002", WORDS)


def test_keys_of_a_later_version_are_said_to_be_so(tmp_path: Path) -> None:
    make(tmp_path)
    forge(tmp_path, {**read(tmp_path / KEYS), "format": 2})

    with pytest.raises(ArchiveTooNew):
        unlock(tmp_path, ARCHIVE, WORDS)


# --- forged parameters


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 64 * 1024 - 1},
        {"memory_kib": 1024 * 1024 + 1},
        {"memory_kib": 2**40},
        {"memory_kib": "262144"},
        {"memory_kib": 262144.0},
        {"iterations": 0},
        {"iterations": 11},
        {"iterations": True},
        {"lanes": 0},
        {"lanes": 9},
        {"lanes": None},
    ],
)
@pytest.mark.usefixtures("no_derivation")
def test_parameters_out_of_range_are_refused_before_anything_is_derived(
    tmp_path: Path, cost: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(module, "_wrapping_key", lambda *_: bytes(32))
        make(tmp_path)
    record = read(tmp_path / KEYS)
    record["slots"][0]["argon2id"].update(cost)
    forge(tmp_path, record)

    with pytest.raises(ArchiveDamaged):
        unlock(tmp_path, ARCHIVE, WORDS)


@pytest.mark.parametrize(
    "alter",
    [
        lambda record: record.update(slots=[]),
        lambda record: record.update(slots=record["slots"] * 9),
        lambda record: record.update(slots="none"),
        lambda record: record.update(slots=["none"]),
        lambda record: record["slots"][0].update(kind="telepathy"),
        lambda record: record["slots"][0].update(argon2id=None),
        lambda record: record["slots"][0].update(salt="00"),
        lambda record: record["slots"][0].update(nonce="zz" * 12),
        lambda record: record["slots"][0].update(wrapped=7),
    ],
)
def test_slots_that_we_would_not_write_are_refused(tmp_path: Path, alter: Any) -> None:
    make(tmp_path)
    record = read(tmp_path / KEYS)
    alter(record)
    forge(tmp_path, record)

    with pytest.raises(ArchiveDamaged):
        unlock(tmp_path, ARCHIVE, WORDS)


@pytest.mark.parametrize(
    "alter",
    [
        lambda slot: slot["argon2id"].update(lanes=2),
        lambda slot: slot["argon2id"].update(iterations=2),
        lambda slot: slot.update(id="another"),
        lambda slot: slot.update(salt="00" * 16),
        lambda slot: slot.update(nonce="00" * 12),
        lambda slot: slot.update(kind="recovery"),
    ],
)
def test_a_slot_is_bound_to_all_that_stands_in_it(tmp_path: Path, alter: Any) -> None:
    make(tmp_path)
    record = read(tmp_path / KEYS)
    alter(record["slots"][0])
    forge(tmp_path, record)

    with pytest.raises(WrongPassphrase):
        unlock(tmp_path, ARCHIVE, WORDS)


def test_a_slot_is_bound_to_its_archive(tmp_path: Path) -> None:
    other = "0198c0de-0000-7000-8000-000000000002"
    make(tmp_path)
    forge(tmp_path, {**read(tmp_path / KEYS), "archive_id": other})

    with pytest.raises(WrongPassphrase):
        unlock(tmp_path, other, WORDS)


def test_a_cost_out_of_range_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="range"):
        Argon2Cost(memory_kib=8 * 1024)


def test_the_default_cost_is_what_new_keys_get(tmp_path: Path) -> None:
    create_keys(tmp_path, ARCHIVE, WORDS, with_recovery=False)

    cost = read(tmp_path / KEYS)["slots"][0]["argon2id"]
    assert cost == {"memory_kib": 262144, "iterations": 3, "lanes": 4}


def test_keys_are_copied_whole_even_from_a_damaged_file(tmp_path: Path) -> None:
    made, _ = make(tmp_path)
    (tmp_path / KEYS).write_bytes(b"garbage")
    (tmp_path / "copy").mkdir()

    copy_keys(tmp_path, ARCHIVE, tmp_path / "copy")

    (tmp_path / "copy" / COPY).unlink()
    assert unlock(tmp_path / "copy", ARCHIVE, WORDS) == made


@pytest.mark.parametrize("name", [KEYS, COPY])
def test_a_damaged_key_file_is_mended_by_opening(tmp_path: Path, name: str) -> None:
    make(tmp_path)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole.replace(b'"format": 1', b'"format": 3'))

    unlock(tmp_path, ARCHIVE, WORDS)

    assert (tmp_path / name).read_bytes() == whole


def test_key_files_that_are_whole_are_left_alone(tmp_path: Path) -> None:
    make(tmp_path)
    before = (tmp_path / KEYS).stat()

    unlock(tmp_path, ARCHIVE, WORDS)

    assert (tmp_path / KEYS).stat().st_ino == before.st_ino

import json
import stat
from pathlib import Path

import pytest

from archivist.model.errors import NotWritable
from archivist.model.history import NO_HASH
from archivist.storage.installation import Installation, LastSeen, Recognised

ARCHIVE = "0198c0de-0000-7000-8000-000000000001"
OTHER = "0198c0de-0000-7000-8000-000000000002"
A, B = "a" * 64, "b" * 64


class Chains:
    """The entries that an archive's history has: their hashes, by device."""

    def __init__(self, **entries: list[str]) -> None:
        self.entries = entries

    def __call__(self, device: str, number: int) -> str | None:
        return dict(enumerate(self.entries.get(device, []), start=1)).get(number)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.at(tmp_path / "state")


def test_an_installation_knows_itself_again(tmp_path: Path) -> None:
    first = Installation.at(tmp_path / "state")

    assert Installation.at(tmp_path / "state") == first
    assert len(first.secret) == 32
    assert first.secret.hex() not in repr(first)
    assert Installation.at(tmp_path / "elsewhere").id != first.id


def test_its_state_is_private(tmp_path: Path, installation: Installation) -> None:
    installation.remember(ARCHIVE, LastSeen("mine", 3, A, encrypted=True))

    for path in (tmp_path / "state").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


@pytest.mark.parametrize("content", ["", "{}", '{"id": 1, "secret": 2}', '{"id": "../../x", "secret": "00"}'])
def test_a_damaged_installation_is_made_anew(tmp_path: Path, content: str) -> None:
    before = Installation.at(tmp_path / "state")
    (tmp_path / "state" / "installation.json").write_text(content)

    after = Installation.at(tmp_path / "state")

    assert after.id != before.id
    assert Installation.at(tmp_path / "state") == after


def test_a_damaged_secret_is_made_anew(tmp_path: Path, installation: Installation) -> None:
    path = tmp_path / "state" / "installation.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "secret": "short"}))

    assert Installation.at(tmp_path / "state").secret != installation.secret


def test_it_lies_where_xdg_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert Installation.of_this_user().folder == tmp_path / "state" / "archivist"
    for unusable in ("", "relative/state"):
        monkeypatch.setenv("XDG_STATE_HOME", unusable)
        assert Installation.of_this_user().folder == tmp_path / "home" / ".local" / "state" / "archivist"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert Installation.of_this_user().folder == tmp_path / "home" / ".local" / "state" / "archivist"


def test_a_place_that_takes_no_state_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "state" / "installation.json").mkdir(parents=True)

    for place in (tmp_path / "file" / "state", tmp_path / "state"):
        with pytest.raises(NotWritable):
            Installation.at(place)


# --- archives


def seen(device: str, seq: int = 3, digest: str = A, *, encrypted: bool = True) -> LastSeen:
    return LastSeen(device, seq, digest, encrypted)


def test_an_archive_that_was_never_seen_gets_a_device_of_its_own(installation: Installation) -> None:
    first, second = (installation.recognise(archive, Chains()) for archive in (ARCHIVE, OTHER))

    assert installation.last_seen(ARCHIVE) is None
    assert first.lost is second.lost is None
    assert first.device != second.device


def test_what_was_seen_is_known_again(installation: Installation) -> None:
    installation.remember(ARCHIVE, seen("mine"))
    installation.remember(OTHER, seen("mine too", encrypted=False))

    assert installation.last_seen(ARCHIVE) == seen("mine")
    assert installation.last_seen(OTHER) == seen("mine too", encrypted=False)


@pytest.mark.parametrize("chain", [[B, B, A], [B, B, A, B, B]])
def test_a_device_stays_while_the_archive_reaches_what_was_seen(
    installation: Installation, chain: list[str]
) -> None:
    installation.remember(ARCHIVE, seen("mine"))

    assert installation.recognise(ARCHIVE, Chains(mine=chain)) == Recognised("mine", None)


def test_a_device_stays_while_nothing_was_written_under_it(installation: Installation) -> None:
    installation.remember(ARCHIVE, seen("mine", 0, NO_HASH))

    assert installation.recognise(ARCHIVE, Chains()) == Recognised("mine", None)


@pytest.mark.parametrize(
    "chain",
    [
        pytest.param([], id="nothing of ours"),
        pytest.param([B, B], id="an older copy"),
        pytest.param([B, B, B], id="another branch"),
        pytest.param([B, B, B, A], id="another branch that has grown longer"),
    ],
)
def test_an_older_or_other_copy_gets_a_new_device_and_what_it_lacks_is_told(
    installation: Installation, chain: list[str]
) -> None:
    installation.remember(ARCHIVE, seen("mine"))

    for _ in range(2):  # until something is written there
        recognised = installation.recognise(ARCHIVE, Chains(mine=chain))

        assert recognised.device != "mine"
        assert recognised.lost == seen("mine")


def test_a_look_at_an_older_copy_leaves_the_device_of_the_archive_as_it_was(
    installation: Installation,
) -> None:
    installation.remember(ARCHIVE, seen("mine"))
    installation.recognise(ARCHIVE, Chains(mine=[B]))

    assert installation.recognise(ARCHIVE, Chains(mine=[B, B, A])) == Recognised("mine", None)


@pytest.mark.parametrize("content", ["", "[]", '{"device": 1, "seq": 2, "hash": 3}'])
def test_a_damaged_note_costs_a_new_device(tmp_path: Path, installation: Installation, content: str) -> None:
    installation.remember(ARCHIVE, seen("mine"))
    (tmp_path / "state" / "devices" / f"{ARCHIVE}.json").write_text(content)

    recognised = installation.recognise(ARCHIVE, Chains(mine=[B, B, A]))

    assert recognised.device != "mine"
    assert recognised.lost is None


def test_a_note_that_cannot_be_written_undoes_no_deed(tmp_path: Path, installation: Installation) -> None:
    (tmp_path / "state" / "devices").rmdir()

    installation.remember(ARCHIVE, seen("mine"))

    assert installation.last_seen(ARCHIVE) is None


def test_only_ids_and_flags_are_noted(tmp_path: Path, installation: Installation) -> None:
    installation.remember(ARCHIVE, seen("mine"))

    note = json.loads((tmp_path / "state" / "devices" / f"{ARCHIVE}.json").read_text())
    assert note == {"device": "mine", "seq": 3, "hash": A, "encrypted": True}

"""One altered bit anywhere in an archive is noticed or mended, and no quote is ever wrong in silence."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from archivist.model.text import sha256_of
from archivist.storage.driver import dbapi2
from tests.faults.acknowledgements import chance_of
from tests.faults.archives import PIER, WORDS, Master, make_master
from tests.faults.checking import files_of
from tests.faults.console import Console, flip
from tests.journeys.terminal import PASSPHRASE

pytestmark = pytest.mark.faults

QUOTED = {WORDS, PIER}
PAGE = 4096


@pytest.fixture(scope="module")
def encrypted_master(tmp_path_factory: pytest.TempPathFactory) -> Master:
    return make_master(tmp_path_factory.mktemp("encrypted"), PASSPHRASE)


@pytest.fixture(scope="module")
def plain_master(tmp_path_factory: pytest.TempPathFactory) -> Master:
    return make_master(tmp_path_factory.mktemp("plain"), None)


@pytest.fixture
def encrypted(encrypted_master: Master, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    return at_home(encrypted_master, tmp_path, monkeypatch)


@pytest.fixture
def plain(plain_master: Master, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    return at_home(plain_master, tmp_path, monkeypatch)


@pytest.fixture(params=["encrypted", "plain"])
def either(request: pytest.FixtureRequest) -> Console:
    console: Console = request.getfixturevalue(request.param)
    return console


def at_home(master: Master, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    """A copy of the archive, seen by the installation that made its index."""
    monkeypatch.setenv("HOME", str(master.terminal.home))
    console = Console(master.terminal.archive_folder, folder / "Copy.archivist", master.terminal.passphrase)
    console.put_back()
    return console


def findings(console: Console, level: str = "error") -> list[dict[str, Any]]:
    return [row for row in console.types("verify").rows if row.get("level") == level]


def quotes(console: Console) -> dict[str, dict[str, Any]]:
    return {row["text"]: row for row in console.does("list", "quotes").rows}


def spread(size: int, count: int, chance: Random) -> list[int]:
    """The first byte, the last, and some between, in every part of the file."""
    step = max(1, size // count)
    return sorted({0, size - 1, *(min(size - 1, at + chance.randrange(step)) for at in range(0, size, step))})


def shows_no_wrong_quote(console: Console) -> bool:
    """Every quote that is shown has the words that were marked, or says that it needs review."""
    answer = console.types("list", "quotes")
    return answer.code != 0 or all(row["text"] in QUOTED or row["needs_review"] for row in answer.rows)


def export(console: Console, out: Path) -> int:
    answer = console.types("export", "--out", out, "--format", "html")
    assert answer.code in {0, 4}, answer.error
    assert answer.code == 0 or not out.exists(), "a refused export left something behind"
    assert answer.code == 0 or answer.error.strip().count("\n") == 0
    return answer.code


# --- the control -------------------------------------------------------------------------


def test_an_untouched_archive_is_clean_and_closed(either: Console, tmp_path: Path) -> None:
    assert findings(either) == findings(either, "warning") == []
    assert set(quotes(either)) == QUOTED
    assert not any(quote["needs_review"] for quote in quotes(either).values())
    assert export(either, tmp_path / "out") == 0
    names = {path.name for path in files_of(either.archive)}
    assert not {"archive.db-wal", "archive.db-shm", "archive.db-journal"} & names


# --- the database ------------------------------------------------------------------------


def test_a_flipped_bit_in_an_encrypted_database_is_noticed(encrypted: Console) -> None:
    chance, database = chance_of(1), encrypted.archive / "archive.db"
    places = {*spread(database.stat().st_size, 28, chance), 16, 24, 100, PAGE - 1, PAGE - 80}

    for at in sorted(places):
        flip(database, at, chance.randrange(8))
        assert encrypted.types("verify").code in {1, 3}, f"byte {at}"
        assert shows_no_wrong_quote(encrypted), f"byte {at}"
        encrypted.put_back()


def test_a_flipped_bit_in_a_plain_database_never_makes_a_wrong_quote(plain: Console) -> None:
    chance, database = chance_of(2), plain.archive / "archive.db"
    noticed = 0
    places = spread(database.stat().st_size, 60, chance)

    for at in places:
        flip(database, at, chance.randrange(8))
        noticed += plain.types("verify").code in {1, 3}
        assert shows_no_wrong_quote(plain), f"byte {at}"
        plain.types("search", "brother")
        plain.types("show", "testimony")
        plain.put_back()

    assert noticed > len(places) // 3, "most of the rest is free space in pages"


def test_every_flipped_bit_of_a_stored_quote_is_noticed(plain: Console) -> None:
    """Its row lies in the plain file: each byte of its words is turned, each bit of one of them."""
    database = plain.archive / "archive.db"
    with closing(dbapi2.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        anchors = [anchor for (anchor,) in connection.execute("SELECT anchor FROM quotes")]
    anchor = next(anchor.encode() for anchor in anchors if json.loads(anchor)["exact"] == WORDS)
    content = database.read_bytes()
    # History has the same words, escaped inside an image of the row: the row itself is what follows an id.
    start = content.index(anchor) + anchor.index(WORDS.encode())

    for at in [
        *((start + offset, 5) for offset in range(0, len(WORDS), 4)),
        *((start, bit) for bit in range(8)),
    ]:
        flip(database, *at)
        assert plain.types("verify").code in {1, 3}
        assert shows_no_wrong_quote(plain)
        plain.put_back()


# --- texts and originals -----------------------------------------------------------------


@pytest.mark.parametrize("bit", [0, 5, 7])
def test_a_flipped_bit_in_a_stored_text_is_noticed_and_its_quote_needs_review(
    plain: Console, tmp_path: Path, bit: int
) -> None:
    database = plain.archive / "archive.db"
    document = plain.does("show", "testimony").row
    content = database.read_bytes()
    at = content.index(b"no reason.\nThey took my brother")

    flip(database, at + content[at:].index(b"brother"), bit)

    named = {(finding["what"], finding["id"]) for finding in findings(plain)}
    assert ("text", document["text_id"]) in named
    to_review = [
        row["id"] for row in plain.types("verify").rows if row.get("what") == "quote" and row["level"] != "ok"
    ]
    assert to_review == document["quotes"]
    answer = plain.types("list", "quotes")
    assert answer.code == 3 or [row["id"] for row in answer.rows if row["needs_review"]] == to_review
    answer = plain.types("export", "--out", tmp_path / "out", "--format", "html")
    assert answer.code in {3, 4}
    assert not (tmp_path / "out").exists()


def test_a_flipped_bit_in_an_original_is_noticed_and_named(either: Console, tmp_path: Path) -> None:
    chance = chance_of(3)
    quoted = {row["document_id"] for row in quotes(either).values()}
    seen = set()

    for path in [path.relative_to(either.archive) for path in files_of(either.archive / "objects")]:
        size = (either.archive / path).stat().st_size
        for at in spread(size, 5, chance):
            flip(either.archive / path, at, chance.randrange(8))
            (finding,) = findings(either)
            assert finding["what"] == "original", f"{path} byte {at}"
            seen.add(finding["id"])
            if at == 0:
                assert export(either, tmp_path / "out") == (4 if finding["id"] in quoted else 0)
                shutil.rmtree(tmp_path / "out", ignore_errors=True)
            either.put_back()

    assert seen == {row["id"] for row in either.does("list", "documents").rows}


def test_an_original_that_was_swapped_for_another_is_named(either: Console, tmp_path: Path) -> None:
    objects = files_of(either.archive / "objects")
    contents = [path.read_bytes() for path in objects]

    for path, content in zip(objects, [*contents[1:], contents[0]], strict=True):
        path.write_bytes(content)

    documents = {row["id"] for row in either.does("list", "documents").rows}
    assert {finding["id"] for finding in findings(either)} == documents
    assert export(either, tmp_path / "out") == 4


def test_an_original_that_is_gone_is_named(either: Console, tmp_path: Path) -> None:
    for path in files_of(either.archive / "objects"):
        path.unlink()

    documents = {row["id"] for row in either.does("list", "documents").rows}
    assert {finding["id"] for finding in findings(either)} == documents
    assert export(either, tmp_path / "out") == 4


# --- the small files ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["keys.json", "keys.copy.json"])
def test_a_flipped_bit_in_one_key_file_is_mended(encrypted: Console, name: str) -> None:
    chance, path = chance_of(4), encrypted.archive / name
    whole = path.read_bytes()

    for at in spread(len(whole), 15, chance):
        flip(path, at, chance.randrange(8))
        encrypted.does("list", "quotes")
        assert path.read_bytes() == whole, f"byte {at}"


def test_a_flipped_bit_in_both_key_files_is_noticed(encrypted: Console) -> None:
    for name in ("keys.json", "keys.copy.json"):
        flip(encrypted.archive / name, 150)

    answer = encrypted.types("list", "quotes")

    assert answer.code == 3
    assert "keys.json" in answer.error


def test_a_flipped_bit_in_the_description_is_noticed(either: Console) -> None:
    chance, path = chance_of(5), either.archive / "archive.json"

    for at in spread(path.stat().st_size, 40, chance):
        flip(path, at, chance.randrange(8))
        answer = either.types("list", "quotes")
        assert answer.code == 3, f"byte {at}"
        assert "archive.json" in answer.error
        either.put_back()


def test_a_flipped_bit_in_the_index_changes_no_answer(either: Console) -> None:
    chance = chance_of(6)

    def hits(query: str) -> list[tuple[str, str]]:
        first, *rows = either.does("search", query).rows
        assert first["complete"], f"byte {at} of {path}"
        return sorted((row["kind"], row["id"]) for row in rows)

    path, at = Path(), 0
    right = {query: hits(query) for query in ("brother", "kind:quote", "arrest*")}
    assert all(right.values())
    for path in [path.relative_to(either.archive) for path in files_of(either.archive / "index")]:
        size = (either.archive / path).stat().st_size
        for at in spread(size, 3, chance) if size else []:
            flip(either.archive / path, at, chance.randrange(8))
            assert {query: hits(query) for query in right} == right, f"byte {at} of {path}"
            either.put_back()


# --- by somebody who knows SQL -----------------------------------------------------------


@contextmanager
def behind_its_back(console: Console) -> Iterator[Any]:
    """The plain database, without the triggers that guard it; they stand again afterwards."""
    with closing(dbapi2.connect(str(console.archive / "archive.db"))) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


def test_a_text_that_was_changed_by_sql_is_named_and_its_quotes_need_review(
    plain: Console, tmp_path: Path
) -> None:
    document = plain.does("show", "testimony").row
    with behind_its_back(plain) as connection:
        connection.execute(
            "UPDATE texts SET content = replace(content, 'brother', 'cousin') WHERE id = ?",
            [document["text_id"]],
        )

    rows = plain.types("verify").rows

    assert ("error", "text", document["text_id"]) in {
        (row["level"], row["what"], row["id"]) for row in rows if "level" in row
    }
    assert [row["id"] for row in rows if row.get("what") == "quote" and row["level"] == "error"] == document[
        "quotes"
    ]
    assert quotes(plain)[WORDS]["needs_review"]
    assert not quotes(plain)[PIER]["needs_review"]
    assert export(plain, tmp_path / "out") == 4


def test_a_text_that_was_changed_with_its_hash_is_named_all_the_same(plain: Console, tmp_path: Path) -> None:
    """Whoever changes text, hash and quote to fit each other meets history and the original."""
    document = plain.does("show", "testimony").row
    with behind_its_back(plain) as connection:
        connection.create_function("sha256_of", 1, sha256_of)
        connection.execute(
            "UPDATE texts SET content = replace(content, 'my brother', 'no person') WHERE id = ?",
            [document["text_id"]],
        )
        connection.execute("UPDATE texts SET sha256 = sha256_of(content)")
        connection.execute("UPDATE quotes SET anchor = replace(anchor, 'my brother', 'no person')")

    named = {finding["id"] for finding in findings(plain)}

    assert {document["text_id"], *document["quotes"]} <= named
    assert export(plain, tmp_path / "out") == 4


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE history_entries SET deed = 'nothing' WHERE seq = 2",
        "UPDATE history_entries SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2",
        "UPDATE history_changes SET after = replace(after, 'testimony', 'hearsay')",
        "DELETE FROM history_entries WHERE seq = 2",
        "DELETE FROM history_changes WHERE seq = 2",
        "UPDATE history_changes SET before = NULL, after = NULL WHERE seq = 2 AND after IS NULL OR seq = 3",
    ],
)
def test_a_history_that_was_altered_by_sql_is_named(plain: Console, change: str) -> None:
    with behind_its_back(plain) as connection:
        assert connection.execute(change).rowcount

    assert findings(plain) or findings(plain, "warning")
    assert plain.types("history").code in {0, 3}

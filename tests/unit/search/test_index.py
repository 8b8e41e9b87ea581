import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.model.errors import StorageFull
from archivist.model.history import Stamp
from archivist.model.search import Entry, Found
from archivist.search import index as index_module
from archivist.search import schema, storage, writer
from archivist.search.errors import IndexBusy, IndexUnusable
from archivist.search.index import SearchIndex
from tests.unit.search.conftest import KEY
from tests.unit.search.entries import at, document, found, quote


def opened(folder: Path, key: bytes = KEY, archive_id: str = "archive-1") -> SearchIndex:
    return SearchIndex(folder, key, archive_id)


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.seg"))


# of many chunks: the second holds words, and no stamp
BIG = [document(f"d{n}", " ".join(f"word{n}x{word}" for word in range(150))) for n in range(60)]


# the stamp


def test_without_an_index_there_is_no_stamp_and_no_answer(index: SearchIndex) -> None:
    assert index.stamp() is None
    with pytest.raises(IndexUnusable):
        index.find("word")


def test_the_stamp_says_up_to_where_the_index_is_complete(index: SearchIndex, folder: Path) -> None:
    index.build([document("d1", "word")], at(7))

    assert index.stamp() == at(7)
    assert opened(folder).stamp() == at(7)


def test_the_stamp_moves_without_entries_too(index: SearchIndex) -> None:
    index.build([], at(1))
    index.apply([], [], at(9))

    assert index.stamp() == at(9)
    assert index.find("-word").total == 0


def test_an_index_of_another_archive_has_no_stamp(index: SearchIndex, folder: Path) -> None:
    index.build([document("d1", "word")], at(7))

    assert opened(folder, archive_id="archive-2").stamp() is None
    assert opened(folder, archive_id="archive-1").stamp() == at(7)


def test_an_index_under_another_key_has_no_stamp(index: SearchIndex, folder: Path) -> None:
    index.build([document("d1", "word")], at(7))

    assert opened(folder, key=bytes(32)).stamp() is None


def test_an_index_of_another_version_has_no_stamp(
    index: SearchIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.build([document("d1", "word")], at(7))

    monkeypatch.setattr(index_module, "VERSION", schema.VERSION + "x")

    assert opened(folder).stamp() is None


@pytest.mark.parametrize("part", ["*.toc", "*.seg"])
def test_a_damaged_index_has_no_stamp_and_can_be_built_anew(folder: Path, part: str) -> None:
    with opened(folder) as index:
        index.build([document("d1", "word")], at(7))
    damaged = next(folder.glob(part))
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)

    with opened(folder) as index:
        assert index.stamp() is None
        with pytest.raises(IndexUnusable):
            index.find("word")
        with pytest.raises(IndexUnusable):
            index.apply([document("d2", "word")], [], at(8))
        index.build([document("d2", "word")], at(8))
        assert index.stamp() == at(8)
        assert found(index, "word") == ["d2"]


def test_a_missing_segment_is_noticed(folder: Path) -> None:
    with opened(folder) as index:
        index.build([document("d1", "word")], at(7))
    segments(folder)[0].unlink()

    assert opened(folder).stamp() is None


def harm_second_chunk(segment: Path) -> None:
    content = bytearray(segment.read_bytes())
    content[storage.CHUNK * 3 // 2] ^= 1
    segment.write_bytes(content)


def test_damage_found_while_searching_is_remembered_until_the_index_is_built_anew(folder: Path) -> None:
    with opened(folder) as index:
        index.build(BIG, at(7))
    harm_second_chunk(*segments(folder))
    index = opened(folder)
    assert index.stamp() == at(7)

    with pytest.raises(IndexUnusable):
        index.find(" OR ".join(f"word{number}x0" for number in range(60)))

    assert index.stamp() is None
    with opened(folder) as other:
        other.build([document("d1", "word")], at(8))
    assert index.stamp() == at(8)
    assert found(index, "word") == ["d1"]


@pytest.mark.parametrize("written", ["x/3/abc", "3", "3/", "/abc", "\N{SUPERSCRIPT THREE}/abc"])
def test_a_stamp_that_cannot_be_read_counts_as_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    with opened(folder) as index:
        index.build([], at(3))
        stamp = f"archive-1/{schema.VERSION}/{written}"
        monkeypatch.setattr("archivist.search.snapshot.Snapshot.stamp", lambda _: stamp)

        assert index.stamp() is None


def test_the_same_number_in_another_history_is_another_stamp(index: SearchIndex) -> None:
    index.build([], Stamp(7, "a" * 64))

    assert index.stamp() == Stamp(7, "a" * 64)
    assert index.stamp() != Stamp(7, "b" * 64)


def test_damage_found_while_segments_are_merged_is_remembered(folder: Path) -> None:
    with opened(folder) as index:
        index.build(BIG, at(1))
        harm_second_chunk(*segments(folder))
        for number in range(2, writer.SMALL_SEGMENTS + 1):
            index.apply([document(f"e{number}", "word")], [], at(number))
        assert index.stamp() == at(writer.SMALL_SEGMENTS)

        with pytest.raises(IndexUnusable):
            index.apply([document("last", "word")], [], at(100))

        assert index.stamp() is None


# entries


def test_an_entry_put_again_replaces_what_it_was(index: SearchIndex) -> None:
    index.build([document("d1", "first")], at(1))

    index.apply([document("d1", "second")], [], at(2))

    assert found(index, "first") == []
    assert found(index, "second") == ["d1"]


def test_applying_twice_changes_nothing(index: SearchIndex) -> None:
    entries = [document("d1", "word"), quote("q1", "word")]
    index.build([], at(0))
    for _ in range(2):
        index.apply(entries, [(Found.NOTE, "n1")], at(4))

    assert found(index, "word") == ["d1", "q1"]


def test_the_last_of_equal_keys_counts(index: SearchIndex) -> None:
    index.build([document("d1", "first"), document("d1", "second")], at(1))

    assert (found(index, "first"), found(index, "second")) == ([], ["d1"])


def test_a_removed_entry_is_gone_and_another_of_that_id_stays(index: SearchIndex) -> None:
    note = Entry(Found.NOTE, "q1", None, "", "word")
    index.build([quote("q1", "word"), note], at(1))

    index.apply([], [(Found.NOTE, "q1"), (Found.CASE, "never there")], at(2))

    matches = index.find("word").matches
    assert [(match.found, match.id) for match in matches] == [(Found.QUOTE, "q1")]


def test_what_is_removed_and_put_is_there(index: SearchIndex) -> None:
    index.build([document("d1", "first")], at(1))

    index.apply([document("d1", "second")], [(Found.DOCUMENT, "d1")], at(2))

    assert found(index, "second") == ["d1"]


def test_a_long_run_is_many_commits_and_the_stamp_moves_with_the_last(
    index: SearchIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.build([document("d0", "word")], at(1))
    monkeypatch.setattr(index_module, "BATCH", 1)
    stamps = []

    def entries() -> Iterator[Entry]:
        for number in range(30):
            with opened(folder) as other:
                stamps.append((other.stamp(), other.find("word").total))
            yield document(f"d{number}", "word")

    index.apply(entries(), [], at(2))

    assert {stamp for stamp, _ in stamps} == {at(1)}
    assert stamps[-1][1] > 20
    assert index.stamp() == at(2)
    assert len(segments(folder)) <= writer.SMALL_SEGMENTS


def test_a_run_that_breaks_off_leaves_the_old_stamp(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.build([document("d0", "word")], at(1))
    monkeypatch.setattr(index_module, "BATCH", 1)

    def entries() -> Iterator[Entry]:
        yield document("d1", "word")
        yield document("d2", "word")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.apply(entries(), [], at(2))

    assert index.stamp() == at(1)
    index.apply([document("d1", "word"), document("d2", "word")], [], at(2))
    assert found(index, "word") == ["d0", "d1", "d2"]


def test_a_build_that_broke_off_must_begin_anew(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "BATCH", 1)

    def entries() -> Iterator[Entry]:
        yield document("gone since", "word")
        yield document("d2", "word")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.build(entries(), at(1))
    assert index.stamp() is None
    with pytest.raises(IndexUnusable):
        index.apply([document("d2", "word")], [], at(2))

    index.build([document("d2", "word")], at(2))

    assert found(index, "word") == ["d2"]


def test_a_reader_sees_a_commit_at_its_next_question(index: SearchIndex, folder: Path) -> None:
    index.build([document("d1", "word")], at(1))
    reader = opened(folder)
    assert found(reader, "word") == ["d1"]

    index.apply([document("d2", "word")], [], at(2))

    assert found(reader, "word") == ["d1", "d2"]
    index.build([document("d3", "word")], at(3))
    assert found(reader, "word") == ["d3"]


def test_many_small_changes_leave_few_files(index: SearchIndex, folder: Path) -> None:
    index.build([], at(0))
    for number in range(40):
        index.apply([document(f"d{number % 7}", f"word{number} word")], [], at(number))

    assert len(segments(folder)) <= writer.SMALL_SEGMENTS
    assert len(list(folder.glob("*.toc"))) == 1
    assert len(found(index, "word")) == 7


# answers


def test_the_kinds_limit_what_is_found(index: SearchIndex) -> None:
    index.build([document("d1", "word"), quote("q1", "word")], at(1))

    documents = index.find("word", kinds=frozenset({Found.DOCUMENT}))

    assert [match.id for match in documents.matches] == ["d1"]
    assert documents.total == 1
    assert index.find("word", kinds=frozenset()).total == 0
    assert index.find("-absent", kinds=frozenset({Found.QUOTE})).total == 1


def test_a_match_knows_its_document(index: SearchIndex) -> None:
    index.build([quote("q1", "word", of="d9"), Entry(Found.CASE, "c1", None, "word", "")], at(1))

    matches = index.find("word").matches

    assert {(match.found, match.document_id) for match in matches} == {
        (Found.QUOTE, "d9"),
        (Found.CASE, None),
    }


def test_the_total_counts_beyond_the_limit(index: SearchIndex) -> None:
    index.build([document(f"d{number}", "word") for number in range(30)], at(1))

    answer = index.find("word", limit=5)

    assert (answer.total, len(answer.matches)) == (30, 5)
    assert index.find("word", limit=0).matches == ()


def test_equals_are_in_the_order_of_their_ids(index: SearchIndex) -> None:
    names = [f"d{number:03}" for number in range(50)]
    index.build([], at(0))
    for name in reversed(names):
        index.apply([document(name, "word")], [], at(1))

    assert [match.id for match in index.find("word", limit=10).matches] == names[:10]
    assert [match.id for match in index.find("-absent", limit=10).matches] == names[:10]


def test_a_title_weighs_more_and_many_times_more_than_once(index: SearchIndex) -> None:
    index.build(
        [
            document("often", "word word word other other"),
            document("once", "word other other other other"),
            document("title", "other other other other other", "word"),
            *(document(f"x{number}", "other", "other") for number in range(10)),
        ],
        at(1),
    )

    assert [match.id for match in index.find("word").matches] == ["title", "often", "once"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tag:torture", ["d1"]),
        ('tag:"forced labour"', ["d1"]),
        ('tag:"torture forced"', []),
        ("tag:tort*", ["d1"]),
        ("case:smith", ["d2"]),
        ("lang:zh", ["d2"]),
        ("lang:zh-hant", ["d2"]),
        ("lang:en", ["d1"]),
        ("kind:pdf", ["d1"]),
        ("kind:document", ["d1", "d2", "d3"]),
        ("kind:doc", []),
        ("date:2019", ["d1", "d2"]),
        ("date:2019-05", ["d1"]),
        ("date:2019-05-03", ["d1"]),
        ("date:2019-05-04", []),
        ("date:2018..2019", ["d1", "d2"]),
        ("date:2019-01..2019-12", ["d1", "d2"]),
        ("date:2019-02..2019-12", ["d1"]),
        ("date:2020..", ["d3"]),
        ("date:..2019-06", ["d1"]),
        ("word -tag:torture", ["d2", "d3"]),
        ("tag:torture OR case:smith", ["d1", "d2"]),
        ("-date:2019", ["d3"]),
    ],
)
def test_fields_narrow_an_answer(index: SearchIndex, query: str, names: list[str]) -> None:
    index.build(
        [
            document(
                "d1", "word", tags=("Torture", "Forced labour"), language="en", kind="pdf", date="2019-05-03"
            ),
            document("d2", "word", cases=("Smith",), language="zh-Hant", date="2019"),
            document("d3", "word", date="2021-01-01T10:00:00"),
        ],
        at(1),
    )

    assert found(index, query) == names


def test_dates_that_are_none_are_left_out(index: SearchIndex) -> None:
    index.build([document("d1", "word", date="May 2019")], at(1))

    assert found(index, "date:2019") == []
    assert found(index, "word") == ["d1"]


def test_words_of_tags_and_cases_are_no_words_of_the_text(index: SearchIndex) -> None:
    index.build([document("d1", "text", tags=("torture",), cases=("smith",))], at(1))

    assert found(index, "torture OR smith") == []


def test_an_empty_query_finds_nothing(index: SearchIndex) -> None:
    index.build([document("d1", "word")], at(1))

    answer = index.find("  ")

    assert (answer.total, answer.understood, answer.complete) == (0, "", True)


def test_a_prefix_of_too_many_words_says_so(index: SearchIndex) -> None:
    rare = " ".join(f"word{number:04}" for number in range(400))
    index.build(
        [document("rare", rare), document("d1", "word0399 common"), document("d2", "word0399")], at(1)
    )

    answer = index.find("word*")

    assert not answer.complete
    assert "256" in answer.remarks[0]
    assert {match.id for match in answer.matches} == {"rare", "d1", "d2"}
    assert index.find("word03*").complete


def test_a_single_chinese_character_finds_all_words_with_it(index: SearchIndex) -> None:
    index.build([document(f"d{n}", "权" + chr(0x4E00 + n)) for n in range(600)], at(1))

    answer = index.find("权")

    assert (answer.total, answer.complete) == (600, True)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("tortrue", "torture"),
        ("tortrue police", "torture police"),
        ("Polise", "police"),
        ("pol", None),
        ("zzzzzz", None),
        ("tortrue zzzzzz", None),
        ('"police torture"', None),
        ("-police -torture", None),
        ("tortr*", None),
    ],
)
def test_a_word_that_was_meant_is_offered(index: SearchIndex, query: str, meant: str | None) -> None:
    index.build([document("d1", "torture by the police"), document("d2", "torture")], at(1))

    assert index.find(query).did_you_mean == meant


def test_nothing_is_offered_where_something_was_found(index: SearchIndex) -> None:
    index.build([document("d1", "torture tortrue")], at(1))

    assert index.find("tortrue").did_you_mean is None


# failures


def full_disk(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """The disk fills up at the `after`-th fsync."""
    calls = iter(range(1000))
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if next(calls) >= after:
            raise OSError(errno.ENOSPC, "no space")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_leaves_the_old_index_and_a_free_lock(
    index: SearchIndex, folder: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    index.build([document("d1", "first")], at(1))
    before = sorted(file.name for file in folder.iterdir())
    with monkeypatch.context() as patch:
        full_disk(patch, after)

        with pytest.raises(StorageFull):
            index.apply([document("d2", "second")], [], at(2))

    assert sorted(file.name for file in folder.iterdir()) == before
    assert (index.stamp(), found(index, "second")) == (at(1), [])
    with opened(folder) as other:
        other.apply([document("d2", "second")], [], at(2))
    assert (index.stamp(), found(index, "second")) == (at(2), ["d2"])


def test_another_failure_of_the_disk_is_an_unusable_index(
    index: SearchIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.build([document("d1", "first")], at(1))

    def fsync(_descriptor: int) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(IndexUnusable):
            index.apply([document("d2", "second")], [], at(2))

    opened(folder).apply([document("d2", "second")], [], at(2))
    assert found(index, "second") == ["d2"]


def test_two_writers_do_not_mix(index: SearchIndex, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index.build([document("d1", "word")], at(1))
    monkeypatch.setattr(writer, "WAIT", 0.0)
    held = subprocess.Popen([sys.executable, "-c", _HOLD_LOCK, str(folder)], stdout=subprocess.PIPE)
    assert held.stdout is not None
    held.stdout.readline()
    try:
        with pytest.raises(IndexBusy):
            index.apply([document("d2", "word")], [], at(2))
        with pytest.raises(IndexBusy):
            index.clear()
    finally:
        held.kill()
        held.wait()
        held.stdout.close()

    index.apply([document("d2", "word")], [], at(2))
    assert found(index, "word") == ["d1", "d2"]


_HOLD_LOCK = """
import fcntl, sys, time
file = open(sys.argv[1] + "/MAIN_WRITELOCK", "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def test_leftovers_of_a_writer_that_died_are_swept(index: SearchIndex, folder: Path) -> None:
    index.build([document("d1", "word")], at(1))
    (folder / "_MAIN_9.toc.new").write_bytes(b"half")
    (folder / "MAIN_0123456789abcdef.seg").write_bytes(b"half")

    index.apply([document("d2", "word")], [], at(2))

    names = {file.name for file in folder.iterdir()}
    assert "_MAIN_9.toc.new" not in names
    assert "MAIN_0123456789abcdef.seg" not in names


def test_the_index_can_be_closed_and_used_again(index: SearchIndex) -> None:
    index.build([document("d1", "word")], at(1))

    index.close()
    index.close()

    assert found(index, "word") == ["d1"]


def test_a_foreign_file_in_the_folder_does_no_harm(index: SearchIndex, folder: Path) -> None:
    folder.mkdir()
    sqlite3.connect(folder / "other.db").close()
    (folder / "notes.txt").write_text("hello")

    index.build([document("d1", "word")], at(1))

    assert found(index, "word") == ["d1"]

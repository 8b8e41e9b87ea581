import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.archive.opening import open_companion
from archivist.extraction.reasons import reason
from archivist.model.anchor import Span
from archivist.model.document import Document, DocumentKind, Extraction, Field, Unread
from archivist.model.errors import ExportStopped, NotFound, NotReadAgain, StorageFull, WrongPassword
from archivist.model.sandbox import Failure
from archivist.resources import resource
from archivist.services.annotating import Mark, find_words, quote_passage
from archivist.services.exporting import PackOrder, export_pack
from archivist.services.importing import (
    Duplicate,
    Failed,
    Imported,
    ImportResult,
    import_file,
    import_files,
    needs_password,
    read_again,
)
from archivist.services.incoming import IncomingFile, Source, find_files, readable
from archivist.services.organising import add_tag, delete_documents, edit_document
from archivist.services.undoing import can_undo, redo, undo
from tests.unit.services.conftest import TESTIMONY
from tests.unit.workers.locked import locked
from tests.unit.workers.samples import pdf


def test_a_file_becomes_a_document_with_its_untouched_original(archive: Archive, document: Document) -> None:
    assert document.kind is DocumentKind.TEXT
    assert document.title == "testimony"
    assert document.language == "en"
    assert archive.originals.read(document.sha256) == TESTIMONY.encode()
    assert document.text_id is not None
    text = archive.texts.get(document.text_id)
    assert text is not None
    assert text.content == TESTIMONY


def test_the_same_bytes_are_kept_once_and_each_place_is_noted(
    archive: Archive, document: Document, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(TESTIMONY, "utf-8")

    result = import_file(archive, IncomingFile(copy, Source(received_from="A cousin")))

    assert isinstance(result, Duplicate)
    assert result.document.id == document.id
    known = archive.documents.provenances(document.id)
    assert [(p.original_name, p.received_from) for p in known] == [
        ("testimony.txt", ""),
        ("copy.txt", "A cousin"),
    ]


def test_an_import_run_is_one_deed(archive: Archive, tmp_path: Path) -> None:
    files = []
    for number in range(40):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Statement number {number}", "utf-8")
        files.append(IncomingFile(path))
    results: list[ImportResult] = []
    import_files(archive, files, on_result=results.append)

    undo(archive)

    assert len(results) == 40
    assert archive.documents.all() == []
    redo(archive)
    assert len(archive.documents.all()) == 40


def test_importing_what_was_taken_back_brings_the_same_document_again(
    archive: Archive, document: Document, testimony: IncomingFile
) -> None:
    undo(archive)

    result = import_file(archive, testimony)

    assert isinstance(result, Imported)
    assert result.document.id == document.id
    assert archive.documents.all() == [result.document]


def test_taking_back_a_second_import_leaves_what_the_first_one_made(
    archive: Archive, document: Document, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(TESTIMONY, "utf-8")
    import_file(archive, IncomingFile(copy))

    undo(archive)

    assert [known.id for known in archive.documents.all()] == [document.id]
    assert [p.original_name for p in archive.documents.provenances(document.id)] == ["testimony.txt"]


def test_a_damaged_original_is_healed_by_importing_it_again(
    archive: Archive, document: Document, testimony: IncomingFile
) -> None:
    (stored,) = [path for path in (archive.bundle.folder / "objects").rglob("*") if path.is_file()]
    stored.chmod(0o600)
    stored.write_bytes(b"something else")

    result = import_file(archive, testimony)

    assert isinstance(result, Duplicate)
    assert archive.originals.read(document.sha256) == TESTIMONY.encode()


def test_a_file_that_is_gone_fails_with_its_name(archive: Archive, tmp_path: Path) -> None:
    result = import_file(archive, IncomingFile(tmp_path / "gone.txt"))

    assert isinstance(result, Failed)
    assert "gone.txt" in result.error
    assert archive.documents.all() == []


def test_what_cannot_be_read_is_kept_and_says_why(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.7 and then nothing of use")

    result = import_file(archive, IncomingFile(path))

    assert isinstance(result, Imported)
    assert (result.document.kind, result.document.characters) == (DocumentKind.PDF, 0)
    assert result.document.warnings
    assert archive.originals.read(result.document.sha256) == path.read_bytes()


def test_a_full_disk_stops_the_run_and_keeps_what_was_told(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(name * 20, "utf-8")
    told: list[ImportResult] = []

    def tell(result: ImportResult) -> None:
        told.append(result)
        monkeypatch.setattr(type(archive.documents), "put", _full)

    with pytest.raises(StorageFull):
        import_files(archive, [IncomingFile(tmp_path / f"{name}.txt") for name in "abc"], on_result=tell)

    assert len(told) == len(archive.documents.all()) == 1


def _full(*_: object) -> bytes:
    raise StorageFull


def test_the_title_is_the_file_s_own_in_one_line(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    path.write_text("<title>Two\n  lines</title><p>Words of the page.</p>", "utf-8")

    result = import_file(archive, IncomingFile(path))

    assert isinstance(result, Imported)
    assert result.document.title == "Two lines"


def test_a_reader_that_finds_nothing_new_makes_no_second_text(
    archive: Archive, document: Document, testimony: IncomingFile
) -> None:
    undo(archive)
    import_file(archive, testimony)

    assert archive.texts.of(document.id) == [document.text_id]


def test_a_later_engine_adds_a_text_and_the_old_one_stays(
    archive: Archive, document: Document, testimony: IncomingFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo(archive)
    extract = type(archive.sandbox).extract

    def later(*words: object) -> Extraction | Unread:
        found = extract(*words)  # type: ignore[arg-type]  # the real method, with its own arguments
        return replace(found, engine_version="99") if isinstance(found, Extraction) else found

    monkeypatch.setattr(type(archive.sandbox), "extract", later)
    import_file(archive, testimony)

    assert len(archive.texts.of(document.id)) == 2
    assert document.text_id in archive.texts.of(document.id)


def test_each_file_is_found_once_and_links_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("one", "utf-8")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "link.txt").symlink_to(tmp_path / "a" / "one.txt")

    found = find_files([tmp_path, tmp_path / "a"], besides=tmp_path / "x", source=Source())

    assert [file.path.name for file in found] == ["one.txt"]


def test_names_that_are_not_utf8_can_be_kept(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.txt"
    path.write_text("words in a file of an old system", "utf-8")

    result = import_file(archive, IncomingFile(path))

    assert isinstance(result, Imported)
    assert result.document.file_name == readable("caf\udce9.txt") == "caf\ufffd.txt"


def test_what_is_said_of_a_known_file_later_is_noted_once(
    archive: Archive, document: Document, testimony: IncomingFile
) -> None:
    told = replace(testimony, source=Source("Lawyer X", "Signal", "https://example.org/x", "by night"))

    for file in (told, told, testimony):
        assert isinstance(import_file(archive, file), Duplicate)

    known = archive.documents.provenances(document.id)
    assert sorted(p.received_from for p in known) == ["", "Lawyer X"]
    assert archive.documents.best(document.id, Field.SOURCE_URL) == "https://example.org/x"


def test_a_document_that_could_not_be_read_is_read_when_it_can_be(
    archive: Archive, testimony: IncomingFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread = Unread(DocumentKind.TEXT, "it took too long.")
    with monkeypatch.context() as patch:
        patch.setattr(type(archive.sandbox), "extract", lambda *_: unread)
        first = import_file(archive, testimony)
    assert isinstance(first, Imported)
    assert first.document.text_id is None

    again = import_file(archive, testimony)

    assert isinstance(again, Duplicate)
    assert again.document.id == first.document.id
    assert again.document.characters == len(TESTIMONY)
    assert again.document.warnings == ()


def test_a_huge_file_is_kept_and_never_taken_into_memory(
    archive: Archive, testimony: IncomingFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.services.importing.LARGEST_DOCUMENT", 10)
    monkeypatch.setattr(type(archive.originals), "read", _full)

    result = import_file(archive, testimony)

    assert isinstance(result, Imported)
    assert result.document.text_id is None
    assert result.document.warnings
    archive.originals.verify(result.document.sha256)


def test_importing_a_deleted_document_again_keeps_the_language_that_the_user_gave(
    archive: Archive, document: Document, testimony: IncomingFile
) -> None:
    edit_document(archive, document, fields={Field.LANGUAGE: "fr"})
    delete_documents(archive, [document])
    renamed = testimony.path.rename(testimony.path.with_name("other name.txt"))

    result = import_file(archive, IncomingFile(renamed))

    assert isinstance(result, Imported)
    assert (result.document.language, result.document.file_name) == ("fr", "other name.txt")


def test_a_folder_that_may_not_be_read_is_told_of(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "files" / "closed"
    closed.mkdir(parents=True)
    (tmp_path / "files" / "a.txt").write_text("a", "utf-8")
    scan = os.scandir

    def scan_what_is_open(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scan_what_is_open)
    found = list(find_files([tmp_path / "files"], besides=tmp_path / "x", source=Source()))
    results: list[ImportResult] = []
    import_files(archive, found, on_result=results.append)

    told = {result.file.name: type(result) for result in results}
    assert told == {"a.txt": Imported, "closed": Failed}


# --- others are let in


class Stopped(Exception):
    """The user has had enough."""


def written(folder: Path, *texts: str) -> list[IncomingFile]:
    files = [IncomingFile(folder / f"{number}.txt") for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.path.write_text(text, "utf-8")
    return files


@pytest.fixture
def slow(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Documents are read only once this is set."""
    over = threading.Event()
    extract = type(archive.sandbox).extract

    def waiting(*words: object, **options: object) -> Extraction | Unread:
        over.wait(20)
        return extract(*words, **options)  # type: ignore[arg-type]  # the real method, with its arguments

    monkeypatch.setattr(type(archive.sandbox), "extract", waiting)
    return over


def test_a_quote_is_marked_while_a_long_document_is_read(
    archive: Archive, document: Document, tmp_path: Path, slow: threading.Event
) -> None:
    waits = []

    def let_in() -> None:
        waits.append(time.monotonic())
        if len(waits) == 20:
            quote_passage(archive, document, Span(0, 27), Mark(("Night",)))
            slow.set()

    results: list[ImportResult] = []
    import_files(archive, written(tmp_path, "A long one"), on_result=results.append, on_wait=let_in)

    assert [type(result) for result in results] == [Imported]
    assert [deed.name for deed in archive.history.deeds(limit=2)] == ["import", "quote"]
    assert waits[19] - waits[3] < 2
    undo(archive)
    undo(archive)
    assert archive.documents.all() == [document]
    assert archive.quotes.all() == []
    assert archive.history.verify() == []


def test_undo_takes_back_what_was_done_during_an_import_and_not_the_import(
    archive: Archive, tmp_path: Path
) -> None:
    told: list[tuple[str, str]] = []
    results: list[ImportResult] = []
    steps: dict[int, Callable[[], object]] = {
        1: lambda: add_tag(archive, "Night"),
        2: lambda: undo(archive),
        4: lambda: redo(archive),
        5: lambda: undo(archive),
    }

    def let_in() -> None:
        if step := steps.pop(len(results), None):
            step()
            with closing(open_companion(archive)) as companion:
                told.extend([can_undo(archive), can_undo(companion)])

    import_files(archive, written(tmp_path, *"abcdef"), on_result=results.append, on_wait=let_in)

    done, undone = ("add tag", ""), ("", "add tag")
    assert told == [done, done, undone, undone, done, done, undone, undone]
    assert len(archive.documents.all()) == 6
    assert can_undo(archive) == ("import", "")
    assert undo(archive).deed.name == "import"
    assert archive.documents.all() == []
    assert redo(archive).deed.name == "import"
    assert len(archive.documents.all()) == 6
    assert archive.history.verify() == []


def test_a_stopped_import_can_be_undone(archive: Archive, tmp_path: Path) -> None:
    def stop(_: ImportResult) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        import_files(archive, written(tmp_path, "a", "b"), on_result=stop)

    assert undo(archive).deed.name == "import"


def test_others_are_let_in_between_documents_and_their_pieces_too(archive: Archive, tmp_path: Path) -> None:
    files = written(tmp_path, *(f"Statement {number}" for number in range(20)), "long " * 500_000)
    told: list[str] = []

    import_files(
        archive,
        files,
        on_result=lambda _: told.append("result"),
        on_wait=lambda: told.append("wait") if not archive.db.conn.in_transaction else told.append("locked"),
    )

    assert "locked" not in told
    together = "".join(word[0] for word in told)
    assert together.count("r") == 21
    assert "rr" not in together
    assert told[:5] == ["wait"] * 5


def test_a_quote_in_a_pdf_need_not_wait_for_the_document_that_is_read(
    archive: Archive, tmp_path: Path
) -> None:
    result = import_file(archive, IncomingFile(resource("sample/documents/behind-the-harbour-wall.pdf")))
    assert isinstance(result, Imported)
    (span, *_) = find_words(archive, result.document, "He was made to stand facing the wall")
    endless = IncomingFile(tmp_path / "endless.html")
    endless.path.write_text("<html><body>" + "<p>word</p>" * 3_000_000 + "</body></html>", "utf-8")
    begun: list[IncomingFile] = []

    def let_in() -> None:
        if begun:
            before = time.monotonic()
            quote = quote_passage(archive, result.document, span, Mark())
            assert quote.anchor.quads
            assert time.monotonic() - before < 5
            raise Stopped

    with pytest.raises(Stopped):
        import_files(archive, [endless], on_result=lambda _: None, on_begin=begun.append, on_wait=let_in)

    assert len(archive.quotes.all()) == 1
    assert len(archive.documents.all()) == 1


def test_the_reading_of_each_new_file_is_told_of_before_its_result(
    archive: Archive, testimony: IncomingFile, tmp_path: Path
) -> None:
    import_file(archive, testimony)
    files = [testimony, *written(tmp_path, "one", "two"), IncomingFile(tmp_path / "missing.txt")]
    told: list[tuple[str, str]] = []

    import_files(
        archive,
        files,
        on_result=lambda result: told.append(("result", result.file.name)),
        on_begin=lambda file: told.append(("begin", file.name)),
    )

    assert sorted(name for what, name in told if what == "begin") == ["0.txt", "1.txt"]
    for name in ("0.txt", "1.txt"):
        assert told.index(("begin", name)) < told.index(("result", name))


@pytest.mark.parametrize("speaker", ["on_result", "on_begin", "on_wait"])
def test_whoever_stops_an_import_keeps_what_was_told(archive: Archive, tmp_path: Path, speaker: str) -> None:
    told: list[ImportResult] = []
    before = threading.active_count()

    def stop(*_: object) -> None:
        if len(told) == 3:
            raise Stopped

    def tell(result: ImportResult) -> None:
        told.append(result)
        if speaker == "on_result":
            stop()

    others = {name: stop for name in ("on_begin", "on_wait") if name == speaker}
    files = written(tmp_path, *(f"Statement {number}" for number in range(60)))
    with pytest.raises(Stopped):
        import_files(archive, files, on_result=tell, **others)

    assert len(told) == len(archive.documents.all()) == 3
    assert threading.active_count() <= before + 1  # the one thread that starts children stays
    assert list((archive.bundle.folder / "staging").iterdir()) == []
    assert archive.history.verify() == []
    import_files(archive, files, on_result=told.append)
    assert len(archive.documents.all()) == 60


def test_a_document_that_is_deleted_while_its_file_comes_again_is_read_again(
    archive: Archive, document: Document, testimony: IncomingFile, tmp_path: Path, slow: threading.Event
) -> None:
    files = [*written(tmp_path, "A long one"), testimony]
    results: list[ImportResult] = []

    def let_in() -> None:
        if archive.documents.all() and not slow.is_set():
            delete_documents(archive, [document])
            slow.set()

    import_files(archive, files, on_result=results.append, on_wait=let_in)

    known = archive.documents.get(document.id)
    assert [type(result) for result in results] == [Imported, Imported]
    assert known == replace(document, imported_at=known.imported_at if known else document.imported_at)


# --- read again


@pytest.fixture
def secret(archive: Archive, tmp_path: Path) -> Document:
    """A PDF with a password, imported without it."""
    path = tmp_path / "secret report.pdf"
    path.write_bytes(locked(pdf("The officers came at night."), "open sesame"))
    result = import_file(archive, IncomingFile(path))
    assert isinstance(result, Imported)
    return result.document


def test_a_password_opens_a_document_and_is_kept_nowhere(archive: Archive, secret: Document) -> None:
    before = needs_password(secret)

    opened = read_again(archive, secret, password="open sesame")

    assert (before, needs_password(opened)) == (True, False)
    text = archive.texts.get(opened.text_id) if opened.text_id else None
    assert text is not None
    assert "officers" in text.content
    assert [deed.name for deed in archive.history.deeds(limit=1)] == ["read again"]
    assert any("password, which is not kept" in warning for warning in opened.warnings)
    dump = "\n".join(str(row) for row in archive.db.execute("SELECT * FROM history_changes").fetchall())
    assert "sesame" not in dump
    archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert b"sesame" not in archive.bundle.database.read_bytes()
    undo(archive)
    assert archive.documents.get(secret.id) == secret
    redo(archive)
    assert archive.documents.get(secret.id) == opened


def test_only_a_pdf_takes_a_password(secret: Document) -> None:
    assert needs_password(secret)
    assert not needs_password(replace(secret, kind=DocumentKind.OTHER))
    assert not needs_password(replace(secret, warnings=(reason(Failure.DAMAGED),)))


def test_a_wrong_password_changes_nothing(archive: Archive, secret: Document) -> None:
    deeds = archive.history.deeds()

    with pytest.raises(WrongPassword, match="secret report"):
        read_again(archive, secret, password="open barley")

    assert archive.history.deeds() == deeds
    assert archive.documents.get(secret.id) == secret


def test_a_document_that_was_opened_by_a_password_stays_as_it_is_without_it(
    archive: Archive, secret: Document
) -> None:
    opened = read_again(archive, secret, password="open sesame")

    with pytest.raises(NotReadAgain, match="needs a password"):
        read_again(archive, opened)

    assert archive.documents.get(secret.id) == opened


def test_words_behind_a_password_go_into_a_pack_with_a_warning(
    archive: Archive, secret: Document, tmp_path: Path
) -> None:
    opened = read_again(archive, secret, password="open sesame")
    (span, *_) = find_words(archive, opened, "came at night")
    quote_passage(archive, opened, span, Mark())

    exported = export_pack(archive, PackOrder(), ["html"], tmp_path / "out")

    assert any("password" in warning for warning in exported.report.warnings)


def test_a_document_that_asks_for_a_password_only_now_is_not_taken_at_its_word(
    archive: Archive, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was read without one: whoever is in its child may say anything to be spared the proof."""
    (span, *_) = find_words(archive, document, "came at night")
    quote_passage(archive, document, span, Mark())
    claim = Unread(DocumentKind.PDF, reason(Failure.PASSWORD))
    monkeypatch.setattr(type(archive.sandbox), "extract", lambda *_, **__: claim)

    with pytest.raises(ExportStopped, match="could not be read again"):
        export_pack(archive, PackOrder(), ["html"], tmp_path / "out")


def test_a_document_is_read_when_it_can_be(archive: Archive, secret: Document) -> None:
    """Whatever kept it from being read: here its password, then a want of memory."""
    unread = Unread(DocumentKind.PDF, reason(Failure.NOT_STARTED))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(archive.sandbox), "extract", lambda *_, **__: unread)
        again = read_again(archive, secret)
        same = read_again(archive, again)

    assert (again.text_id, again.warnings) == (None, (reason(Failure.NOT_STARTED),))
    assert same == again
    assert [deed.name for deed in archive.history.deeds()] == ["read again", "import"]


def test_a_document_that_is_read_again_alike_is_no_deed(archive: Archive, document: Document) -> None:
    edit_document(archive, document, fields={Field.LANGUAGE: "fr"})
    deeds = archive.history.deeds()

    again = read_again(archive, document)

    assert again == replace(document, language="fr")
    assert archive.history.deeds() == deeds


def test_a_title_that_was_given_stays_and_one_of_the_file_s_name_gives_way(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = []
    with monkeypatch.context() as patch:
        patch.setattr(
            type(archive.sandbox), "extract", lambda *_, **__: Unread(DocumentKind.HTML, "Too long.")
        )
        for name in "ab":
            path = tmp_path / f"{name}.html"
            path.write_text(f"<title>Its own title</title><p>Words of page {name}.</p>", "utf-8")
            result = import_file(archive, IncomingFile(path))
            assert isinstance(result, Imported)
            documents.append(result.document)
    edit_document(archive, documents[1], title="Mine")

    read = [read_again(archive, document) for document in documents]

    assert [document.title for document in read] == ["Its own title", "Mine"]


def test_what_is_in_the_bin_is_not_read(archive: Archive, document: Document) -> None:
    delete_documents(archive, [document])

    with pytest.raises(NotFound, match="testimony"):
        read_again(archive, document)


def test_a_document_that_is_too_large_is_not_taken_into_memory(
    archive: Archive, secret: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archivist.services.importing.LARGEST_DOCUMENT", 10)
    monkeypatch.setattr(type(archive.originals), "read", _full)

    again = read_again(archive, secret)

    assert again.warnings == (reason(Failure.TOO_LARGE),)

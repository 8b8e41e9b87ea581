import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.model.document import Document, DocumentKind, Extraction, Field, Unread
from archivist.model.errors import StorageFull
from archivist.services.importing import Duplicate, Failed, Imported, ImportResult, import_file, import_files
from archivist.services.incoming import IncomingFile, Source, find_files, readable
from archivist.services.organising import delete_document, edit_document
from archivist.services.undoing import redo, undo
from tests.unit.services.conftest import TESTIMONY


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
    delete_document(archive, document)
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

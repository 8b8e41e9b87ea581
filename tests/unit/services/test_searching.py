from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.archive.index_process import IndexerFailed
from archivist.model.anchor import Span
from archivist.model.document import Document
from archivist.model.quote import Role
from archivist.model.search import Found
from archivist.services.annotating import Mark, quote_passage
from archivist.services.importing import import_file
from archivist.services.incoming import IncomingFile
from archivist.services.organising import add_case, delete_documents, save_tag
from archivist.services.searching import rebuild_index, search, update_index
from archivist.services.undoing import undo
from tests.unit.services.conftest import TESTIMONY


def found(archive: Archive, query: str) -> set[tuple[Found, str]]:
    update_index(archive)
    return {(hit.found, hit.id) for hit in search(archive, query).hits}


def test_until_the_index_has_caught_up_an_answer_says_so(archive: Archive, document: Document) -> None:
    before = search(archive, "brother")
    update_index(archive)
    after = search(archive, "brother")

    assert (before.answer.complete, before.hits) == (False, ())
    assert (after.answer.complete, [hit.id for hit in after.hits]) == (True, [document.id])


def test_a_passage_stands_in_the_canonical_text(archive: Archive, document: Document) -> None:
    quote = quote_passage(archive, document, Span(50, 64), Mark())
    update_index(archive)

    for hit in search(archive, "beaten").hits:
        assert hit.id in {document.id, quote.id}
        assert TESTIMONY[hit.passage.start : hit.passage.end] == hit.passage.snippet
        assert [TESTIMONY[start:end] for start, end in hit.passage.marks] == ["beaten"]


def test_the_index_follows_every_kind_of_deed(archive: Archive, document: Document) -> None:
    case = add_case(archive, "Salma", aliases=["سلمى"], summary="A lawyer")
    quote = quote_passage(
        archive, document, Span(0, 27), Mark(("Arrest",), ((case.id, Role.SUPPORTS),), "Seen by neighbours")
    )
    whole = {(Found.DOCUMENT, document.id), (Found.QUOTE, quote.id), (Found.NOTE, quote.id)}
    assert found(archive, "tag:arrest") == whole
    assert found(archive, "case:سلمى") == whole | {(Found.CASE, case.id)}
    assert found(archive, "lawyer") == {(Found.CASE, case.id)}
    assert found(archive, "neighbours") == {(Found.NOTE, quote.id)}

    (tag,) = archive.tags.all()
    save_tag(archive, type(tag)(tag.id, "Detention"))
    assert found(archive, "tag:arrest") == set()
    assert found(archive, "tag:detention") == whole

    delete_documents(archive, [document])
    assert found(archive, "tag:detention") == set()
    undo(archive)
    undo(archive)
    assert found(archive, "tag:arrest") == whole


def test_an_index_built_anew_holds_the_same(archive: Archive, document: Document, tmp_path: Path) -> None:
    quote = quote_passage(archive, document, Span(0, 27), Mark(("Arrest",)))
    (tmp_path / "other.txt").write_text("Other officers came by day.", "utf-8")
    import_file(archive, IncomingFile(tmp_path / "other.txt"))
    before = found(archive, "officers")

    rebuild_index(archive)

    assert (Found.QUOTE, quote.id) in before
    assert found(archive, "officers") == before


@pytest.mark.parametrize("harm", ["removed", "scribbled over"])
def test_an_index_that_came_to_harm_is_built_anew(archive: Archive, document: Document, harm: str) -> None:
    assert found(archive, "officers") == {(Found.DOCUMENT, document.id)}
    archive.index.close()
    for path in [path for path in archive.index.address.folder.rglob("*") if path.is_file()]:
        if harm == "removed":
            path.unlink()
        else:
            path.write_bytes(b"scribble" * 20)

    assert found(archive, "officers") == {(Found.DOCUMENT, document.id)}


def test_an_indexer_that_dies_is_told_of_and_the_archive_is_whole(
    archive: Archive, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "archivist.archive.index_process.python_command", lambda _: ["/bin/sh", "-c", "read x; exit 1"]
    )

    with pytest.raises(IndexerFailed, match="built anew"):
        update_index(archive)

    monkeypatch.undo()
    assert found(archive, "officers") == {(Found.DOCUMENT, document.id)}

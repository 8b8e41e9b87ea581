from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.model.errors import NotFound
from archivist.model.ids import DocumentId
from archivist.services.codebook import codebook
from archivist.services.importing import import_file
from archivist.services.incoming import IncomingFile
from archivist.services.organising import add_case, add_tag, delete_tag
from archivist.services.viewing import get_ready, open_original, styles_of
from tests.unit.workers.samples import pdf


def test_an_original_comes_with_a_reader_for_its_pages(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "two.pdf").write_bytes(pdf("One page", "Another"))
    import_file(archive, IncomingFile(tmp_path / "two.pdf"))
    get_ready(archive)

    original = open_original(archive, archive.documents.all()[0].id)

    try:
        assert len(original.pages.open(original.content).sizes) == 2
    finally:
        original.pages.close()


def test_an_original_that_is_not_there_is_refused(archive: Archive) -> None:
    with pytest.raises(NotFound):
        open_original(archive, DocumentId("none"))


def test_styles_belong_to_the_text_that_they_are_asked_for(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# A heading\n\nSome *words*.\n", "utf-8")
    import_file(archive, IncomingFile(tmp_path / "page.md"))
    (document,) = archive.documents.all()
    assert document.text_id
    text = archive.texts.get(document.text_id)
    assert text

    styles = styles_of(archive, document, text)

    assert styles
    assert styles.text_sha256 == text.sha256


def test_the_codebook_holds_what_lives(archive: Archive) -> None:
    add_tag(archive, "kept")
    delete_tag(archive, add_tag(archive, "gone"))
    add_case(archive, "A case")

    known = codebook(archive)

    assert [tag.name for tag in known.tags] == ["kept"]
    assert [case.name for case in known.cases] == ["A case"]

import itertools
from pathlib import Path

from archivist.archive.archive import Archive
from archivist.model.text import Text
from archivist.services.hits import hits_in
from archivist.services.importing import import_file
from archivist.services.incoming import IncomingFile


def _text(archive: Archive, folder: Path, words: str) -> Text:
    (folder / "words.txt").write_text(words, "utf-8")
    import_file(archive, IncomingFile(folder / "words.txt"))
    (document,) = archive.documents.all()
    assert document.text_id
    text = archive.texts.get(document.text_id)
    assert text
    return text


def test_every_place_is_told_in_order_in_code_points(archive: Archive, tmp_path: Path) -> None:
    text = _text(archive, tmp_path, "𠮷 the Register, " + "x " * 400 + "a register; no registers.")

    spans = hits_in(archive, "register", text)

    assert [text.content[span.start : span.end] for span in spans] == ["Register", "register"]


def test_words_that_overlap_are_one_hit(archive: Archive, tmp_path: Path) -> None:
    text = _text(archive, tmp_path, "the infirmary register of the infirmary")

    spans = hits_in(archive, '"infirmary register" OR infirmary', text)

    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert len(spans) == 2


def test_a_query_that_is_not_in_the_text_has_no_hits(archive: Archive, tmp_path: Path) -> None:
    assert hits_in(archive, "lang:en nothing", _text(archive, tmp_path, "other words")) == []

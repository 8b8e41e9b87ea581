from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.document import USER, Document, Extraction, Field, Metadatum, Unread
from archivist.model.errors import AlreadyThere, ExportStopped
from archivist.model.quote import Role
from archivist.model.text import Section, SectionKind, Text
from archivist.resources import resource
from archivist.services.annotating import Mark, find_words, quote_passage
from archivist.services.exporting import FORMATS, PackOrder, export_pack, gather_pack
from archivist.services.importing import Imported, import_file
from archivist.services.incoming import IncomingFile
from archivist.services.organising import add_case

ORDER = PackOrder(title="Two cases", day=date(2026, 11, 24))


@pytest.fixture
def marked(archive: Archive, document: Document) -> Document:
    case = add_case(archive, "The brother", aliases=["الأخ"], summary="Taken at night.")
    link = ((case.id, Role.CONTRADICTS),)
    quote_passage(archive, document, Span(0, 27), Mark(("Arrest",), link, "First."))
    quote_passage(archive, document, Span(28, 49), Mark(("Arrest", "Night"), link))
    quote_passage(archive, document, Span(50, 64), Mark())
    return document


def _bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.usefixtures("marked")
def test_the_same_state_gives_the_same_bytes(archive: Archive, tmp_path: Path) -> None:
    first = export_pack(archive, ORDER, FORMATS, tmp_path / "one")
    second = export_pack(archive, ORDER, FORMATS, tmp_path / "two")

    assert _bytes_of(first.report.folder) == _bytes_of(second.report.folder)


def test_a_pack_tells_cases_with_their_quotes_and_what_belongs_to_none(
    archive: Archive, marked: Document
) -> None:
    pack, exhibits = gather_pack(archive, ORDER)

    (told,) = pack.cases
    assert (told.name.text, told.summary.text) == ("The brother", "Taken at night.")
    assert [(quote.number, quote.words.text, quote.role) for quote in told.quotes] == [
        ("Q0001", "The officers came at night.", "contradicts"),
        ("Q0002", "They took my brother.", "contradicts"),
    ]
    assert [(quote.number, quote.words.text) for quote in pack.other_quotes] == [("Q0003", "He was beaten.")]
    (source,) = pack.sources
    assert (source.exhibit, source.sha256) == ("EX-001", marked.sha256)
    assert source.quotes == ("Q0001", "Q0002", "Q0003")
    assert b"".join(exhibits["EX-001"]()) == archive.originals.read(marked.sha256)
    assert marked.sha256 in told.quotes[0].citation.text


def test_a_quote_under_two_cases_keeps_its_number(archive: Archive, marked: Document) -> None:
    (first,) = archive.cases.all()
    second = add_case(archive, "The cousin")
    links = ((first.id, Role.SUPPORTS), (second.id, Role.CONTEXT))
    quote_passage(archive, marked, Span(65, 86), Mark(cases=links))

    pack, _ = gather_pack(archive, ORDER)

    told = [(quote.number, quote.role) for case in pack.cases for quote in case.quotes]
    assert told == [
        *(("Q0001", "contradicts"), ("Q0002", "contradicts")),
        *(("Q0003", "supports"), ("Q0003", "context")),
    ]
    assert [quote.number for quote in pack.other_quotes] == ["Q0004"]
    assert pack.sources[0].quotes == ("Q0001", "Q0002", "Q0003", "Q0004")
    assert len(pack.quotes) == 4


def test_a_citation_speaks_the_language_of_the_pack(archive: Archive, marked: Document) -> None:
    pack, _ = gather_pack(archive, replace(ORDER, language="ar"))

    assert f"المستند EX-001، SHA-256 {marked.sha256}" in pack.quotes[0].citation.text


def test_cases_and_tags_can_be_chosen(archive: Archive, marked: Document) -> None:
    tags = {tag.name: tag.id for tag in archive.tags.all()}
    (case,) = archive.cases.all()

    by_tag, _ = gather_pack(archive, PackOrder(tags=(tags["Night"],)))
    by_case, _ = gather_pack(archive, PackOrder(cases=(case.id,)))

    assert marked.characters
    assert [quote.words.text for told in by_tag.cases for quote in told.quotes] == ["They took my brother."]
    assert len(by_case.cases) == 1


def test_what_the_user_says_of_a_source_is_cited(archive: Archive, marked: Document) -> None:
    with archive.deed("edit document"):
        archive.documents.describe(
            marked.id, [Metadatum(Field.AUTHOR, "N. Haddad", USER), Metadatum(Field.DATE, "2024-05-03", USER)]
        )

    pack, _ = gather_pack(archive, ORDER)

    assert pack.cases[0].quotes[0].citation.text.startswith("N. Haddad, “testimony” (2024-05-03).")


def test_a_page_is_cited_as_it_is_printed(archive: Archive) -> None:
    result = import_file(archive, IncomingFile(resource("sample/documents/behind-the-harbour-wall.pdf")))
    assert isinstance(result, Imported)
    (span, *_) = find_words(archive, result.document, "He was made to stand facing the wall")
    quote = quote_passage(archive, result.document, span, Mark())
    assert quote.anchor.page

    pack, _ = gather_pack(archive, ORDER)

    text = archive.texts.get(quote.anchor.text_id)
    assert text is not None
    printed = text.page_labels[quote.anchor.page - 1]
    assert printed != str(quote.anchor.page)
    told = pack.quotes[0].citation.text
    assert f"p.\u00a0{printed} (page {quote.anchor.page} of the file)" in told


def test_without_a_date_the_pack_has_that_of_the_last_deed(archive: Archive, marked: Document) -> None:
    pack, _ = gather_pack(archive, PackOrder(title="Two cases"))

    assert marked.size
    assert pack.date == archive.history.deeds(limit=1)[0].at.date()


def test_an_archive_without_quotes_makes_no_pack(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ExportStopped, match="no quote"):
        export_pack(archive, ORDER, ["html"], tmp_path / "out")

    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("marked")
def test_nothing_is_overwritten(archive: Archive, tmp_path: Path) -> None:
    export_pack(archive, ORDER, ["html"], tmp_path)

    with pytest.raises(AlreadyThere):
        export_pack(archive, ORDER, ["html"], tmp_path)


def _damage_original(archive: Archive, _: pytest.MonkeyPatch) -> None:
    (stored,) = [path for path in (archive.bundle.folder / "objects").rglob("*") if path.is_file()]
    stored.write_bytes(b"!" + stored.read_bytes()[1:])


def _read_otherwise(found: Extraction | Unread) -> Callable[[Archive, pytest.MonkeyPatch], None]:
    def break_it(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(archive.sandbox), "extract", lambda *_: found)

    return break_it


OTHER_WORDS = Extraction(kind="txt", engine="x", engine_version="1", text="Nobody came.")  # type: ignore[arg-type]
UNREADABLE = Unread(kind="txt", reason="it took too long.")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(_damage_original, id="the original was altered"),
        pytest.param(_read_otherwise(OTHER_WORDS), id="the words do not come out of the original"),
        pytest.param(_read_otherwise(UNREADABLE), id="the original cannot be read again"),
    ],
)
@pytest.mark.usefixtures("marked")
def test_a_quote_that_cannot_be_proved_stops_the_export(
    archive: Archive,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    break_it: Callable[[Archive, pytest.MonkeyPatch], None],
) -> None:
    break_it(archive, monkeypatch)

    with pytest.raises(ExportStopped, match="testimony"):
        export_pack(archive, ORDER, FORMATS, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def _text(archive: Archive, document: Document, *sections: Section) -> Text:
    text = archive.texts.get(document.text_id) if document.text_id else None
    assert text is not None
    return replace(text, sections=sections)


TWO_PAGES = (Section(0, 40, SectionKind.PAGE, "4"), Section(42, 86, SectionKind.PAGE, "5"))
COMMENT = (Section(0, 86, SectionKind.BESIDE, "Comments"),)
SCAN = (Section(0, 0, SectionKind.PAGE, "1"), Section(2, 2, SectionKind.PAGE, "2"))


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        pytest.param(TWO_PAGES, "pp.\u00a04–5 (pages 1–2 of the file)", id="over two pages"),
        pytest.param(COMMENT, "Comments (in the file, not in the body of its text)", id="a comment"),
        pytest.param(SCAN + COMMENT, "Comments (in the file, not", id="a comment on a scan"),
    ],
)
def test_a_citation_tells_pages_and_what_is_not_of_the_body(
    archive: Archive,
    document: Document,
    monkeypatch: pytest.MonkeyPatch,
    sections: tuple[Section, ...],
    expected: str,
) -> None:
    quote_passage(archive, document, Span(28, 64), Mark())
    text = _text(archive, document, *sections)
    monkeypatch.setattr(type(archive.texts), "get", lambda *_: text)

    pack, _ = gather_pack(archive, ORDER)

    assert expected in pack.quotes[0].citation.text


def test_a_pack_warns_of_what_is_known_against_its_sources(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Les témoins ont été battus à la prison du port.".encode("latin-1"))
    result = import_file(archive, IncomingFile(path))
    assert isinstance(result, Imported)
    assert result.document.warnings
    quote_passage(archive, result.document, Span(0, 11), Mark())

    exported = export_pack(archive, ORDER, ["html"], tmp_path / "out")

    assert any(result.document.warnings[0] in warning for warning in exported.report.warnings)

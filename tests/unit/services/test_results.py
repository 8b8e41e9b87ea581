"""Results as a page shows them: grouped, counted, narrowed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from archivist.archive.archive import Archive
from archivist.archive.opening import create_archive, open_archive
from archivist.model.anchor import Span
from archivist.model.document import Document, DocumentKind
from archivist.model.ids import TextId, new_id
from archivist.model.results import Narrowing
from archivist.model.search import Found
from archivist.model.text import Section, SectionKind, Text, TextOrigin, sha256_of
from archivist.services.annotating import Mark, quote_passage
from archivist.services.demo import fill
from archivist.services.results import all_passages, results_page
from archivist.services.searching import update_index
from tests.unit.services.conftest import TESTIMONY


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The sample documents with their quotes, indexed."""
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOME", str(folder))
        create_archive(folder / "Filled.archivist", None)
        with open_archive(folder / "Filled.archivist", None) as archive:
            fill(archive, on_result=lambda _: None)
            update_index(archive)
            yield archive


def test_hits_are_grouped_by_document_with_their_passages(filled: Archive) -> None:
    page = results_page(filled, "register", passages=1)

    assert page.documents == len({group.document_id for group in page.groups if group.document_id})
    group = next(group for group in page.groups if group.total > 1)
    assert len(group.passages) == 1
    assert group.document_id is not None
    assert len(all_passages(filled, "register", group.document_id)) <= group.total


def test_marks_are_the_words_that_were_asked_for(filled: Archive) -> None:
    page = results_page(filled, "register")

    marked = {
        passage.words[start:end].casefold()
        for group in page.groups
        for passage in group.passages
        for start, end in passage.marks
    }
    assert marked
    assert all(word.startswith("regist") for word in marked)


def test_a_passage_opens_where_its_words_stand(filled: Archive) -> None:
    page = results_page(filled, "register")
    group = next(group for group in page.groups if group.row)
    assert group.row is not None
    text = filled.texts.get(group.row.document.text_id) if group.row.document.text_id else None
    passage = group.passages[0]
    assert text is not None
    assert passage.span is not None

    start, end = passage.marks[0]

    assert text.content[passage.span.start :].startswith(passage.words[start:end])


def test_a_kind_that_is_chosen_leaves_the_others_to_be_added(filled: Archive) -> None:
    everything = results_page(filled, "Tolenne OR Marrek")
    only = results_page(filled, "Tolenne OR Marrek", Narrowing(kinds=frozenset({DocumentKind.PDF})))

    assert {group.row.document.kind for group in only.groups if group.row} == {DocumentKind.PDF}
    assert only.tallies.kinds == everything.tallies.kinds
    assert only.documents < everything.documents


@pytest.mark.parametrize("field", ["languages", "tags", "cases", "kinds"])
def test_the_tally_of_a_choice_is_what_choosing_it_shows(filled: Archive, field: str) -> None:
    tally = getattr(results_page(filled, "Tolenne OR Marrek").tallies, field)

    for value, count in tally.items():
        narrowed = results_page(
            filled, "Tolenne OR Marrek", Narrowing(**{field: frozenset({value})}), groups=50
        )
        assert narrowed.documents == count


def test_only_notes_are_shown_where_only_notes_are_wanted(filled: Archive) -> None:
    page = results_page(filled, "Tolenne OR Marrek OR register", Narrowing(found=frozenset({Found.NOTE})))

    shown = {passage.found for group in page.groups for passage in group.passages}
    assert shown == {Found.NOTE}


@pytest.mark.parametrize("found", [Found.QUOTE, Found.NOTE])
def test_a_quote_opens_where_it_stands_in_the_text_of_today(
    archive: Archive, document: Document, found: Found
) -> None:
    """Its document was read anew since: there is a cover now, and its page has a name."""
    at = TESTIMONY.index("brother")
    quote_passage(archive, document, Span(at, at + 7), Mark(note="about the brother"))
    words, cover = f"Cover\n\n{TESTIMONY}", len("Cover")
    text = Text(
        id=TextId(new_id()),
        document_id=document.id,
        origin=TextOrigin.EXTRACTED,
        engine="another",
        engine_version="1",
        language="en",
        content=words,
        sha256=sha256_of(words),
        sections=(
            Section(0, cover, SectionKind.PAGE, "cover"),
            Section(cover + 2, len(words), SectionKind.PAGE, "i"),
        ),
    )
    with archive.deed("read again"):
        archive.documents.put(replace(document, text_id=text.id))
        archive.texts.add(text)
    update_index(archive)

    (group,) = results_page(archive, "brother", Narrowing(found=frozenset({found}))).groups

    (passage,) = group.passages
    assert passage.found is found
    assert passage.place == "i"
    assert passage.span == Span(at + cover + 2, at + cover + 2 + 7)


def test_a_case_is_a_group_of_its_own(filled: Archive) -> None:
    name = filled.cases.all()[0].name

    page = results_page(filled, f'"{name}"')

    assert name in {group.case.name for group in page.groups if group.case}


def test_nothing_found_is_an_empty_page_with_a_suggestion(filled: Archive) -> None:
    page = results_page(filled, "regsiter")

    assert page.groups == ()
    assert page.documents == 0
    assert page.answer.did_you_mean is not None


def test_a_deleted_document_is_not_shown(filled: Archive) -> None:
    before = results_page(filled, "register")
    group = next(group for group in before.groups if group.document_id)
    assert group.document_id is not None
    with filled.deed("delete document"):
        filled.documents.mark_deleted(group.document_id, deleted=True)

    after = results_page(filled, "register")

    with filled.deed("restore document"):
        filled.documents.mark_deleted(group.document_id, deleted=False)
    assert group.document_id not in {one.document_id for one in after.groups}
    assert not after.answer.complete

"""What is done when a form is saved: a passage is marked, or a quote is changed."""

from archivist.archive.archive import Archive
from archivist.model.browsing import QuoteRow
from archivist.model.document import Document
from archivist.model.ids import CaseId, name_key
from archivist.model.quote import Quote, Role
from archivist.services.annotating import Mark, QuoteChange, edit_quote, quote_passage
from archivist.services.organising import add_case
from archivist.ui.quotes.draft import QuoteDraft


def marked(archive: Archive, document: Document, draft: QuoteDraft) -> Quote:
    """A new quote of the passage that the draft is about.

    Raises:
        NotFound: the document has no text any more.
        NameTaken: a new case has the name of one that there is.
    """
    if draft.span is None:
        raise ValueError("a draft without a passage")
    mark = Mark(draft.tags, _linked(archive, draft), draft.note.strip(), draft.colour)
    return quote_passage(archive, document, draft.span, mark)


def changed(archive: Archive, row: QuoteRow, draft: QuoteDraft) -> Quote:
    """The quote as the draft says; what the form did not change stays as others have made it meanwhile.

    Raises:
        NameTaken: a new case has the name of one that there is.
    """
    return edit_quote(archive, row.quote, change_of(row, draft, _linked(archive, draft)))


def draft_of(row: QuoteRow) -> QuoteDraft:
    """A form that says of a quote what is said of it now."""
    return QuoteDraft(
        document_id=row.quote.document_id,
        span=row.span,
        quote_id=row.quote.id,
        colour=row.quote.colour or QuoteDraft(row.quote.document_id).colour,
        tags=tuple(tag.name for tag in row.tags),
        cases=tuple((case.id, case.name, role) for case, role in row.cases),
        note=row.quote.note,
    )


def change_of(row: QuoteRow, draft: QuoteDraft, cases: tuple[tuple[CaseId, Role], ...]) -> QuoteChange:
    """Only what differs from the quote as it was when the form was opened."""
    wanted, held = set(map(name_key, draft.tags)), {name_key(tag.name) for tag in row.tags}
    before = {case.id: role for case, role in row.cases}
    now = dict(cases)
    was = draft_of(row)
    return QuoteChange(
        note=draft.note.strip() if draft.note != was.note else None,
        add_tags=tuple(name for name in draft.tags if name_key(name) not in held),
        remove_tags=tuple(tag.id for tag in row.tags if name_key(tag.name) not in wanted),
        colour=draft.colour if draft.colour != was.colour else None,
        add_cases=tuple((case_id, role) for case_id, role in now.items() if before.get(case_id) != role),
        remove_cases=tuple(case_id for case_id in before if case_id not in now),
    )


def _linked(archive: Archive, draft: QuoteDraft) -> tuple[tuple[CaseId, Role], ...]:
    """The cases by their ids; new ones are made."""
    return tuple((case_id or add_case(archive, name).id, role) for case_id, name, role in draft.cases)

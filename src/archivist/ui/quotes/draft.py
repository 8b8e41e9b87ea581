"""What is being said of a passage and not saved yet."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archivist.model.anchor import Span
from archivist.model.colour import Colour
from archivist.model.ids import CaseId, DocumentId, QuoteId
from archivist.model.quote import Role

CaseChoice = tuple[CaseId | None, str, Role]
"""A case by id and name, and what the quote does for it; without an id it is made when the quote is saved."""


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """A form as it is filled in; `quote_id` where it changes a quote, else `span` is to be marked.

    `words` are those of the passage when it was kept: another text may have others there by now.
    """

    document_id: DocumentId
    span: Span | None = None
    quote_id: QuoteId | None = None
    colour: str = Colour.AMBER
    tags: tuple[str, ...] = ()
    cases: tuple[CaseChoice, ...] = ()
    note: str = ""
    words: str = ""

    @property
    def says_something(self) -> bool:
        """Whether words would be lost with it; a colour alone is chosen again at once."""
        return bool(self.tags or self.cases or self.note.strip())

    @property
    def target(self) -> tuple[object, ...]:
        """What it is about: no two drafts are about the same."""
        return (self.quote_id,) if self.quote_id else (self.span,)


def draft_key(document_id: DocumentId) -> str:
    """The name under which the archive keeps the drafts of a document."""
    return f"quote:{document_id}"


def with_draft(drafts: Iterable[QuoteDraft], newest: QuoteDraft) -> tuple[QuoteDraft, ...]:
    """The newest last, in the place of an older one about the same."""
    return (*without_draft(drafts, newest), newest)


def without_draft(drafts: Iterable[QuoteDraft], done: QuoteDraft) -> tuple[QuoteDraft, ...]:
    return tuple(one for one in drafts if one.target != done.target)


def written(drafts: Sequence[QuoteDraft]) -> str:
    """As the archive keeps them; nothing where there are none."""
    return json.dumps([_written(one) for one in drafts]) if drafts else ""


def read_drafts(document_id: DocumentId, content: str) -> tuple[QuoteDraft, ...]:
    """What was kept; what cannot be understood any more is left out."""
    try:
        kept = json.loads(content or "[]")
    except ValueError:
        return ()
    found = (_read(document_id, one) for one in kept) if isinstance(kept, list) else ()
    return tuple(one for one in found if one is not None)


def _written(draft: QuoteDraft) -> dict[str, Any]:
    return {
        "span": [draft.span.start, draft.span.end] if draft.span else None,
        "quote": draft.quote_id,
        "colour": draft.colour,
        "tags": list(draft.tags),
        "cases": [[case_id, name, str(role)] for case_id, name, role in draft.cases],
        "note": draft.note,
        "words": draft.words,
    }


def _read(document_id: DocumentId, kept: Any) -> QuoteDraft | None:
    try:
        return QuoteDraft(
            document_id=document_id,
            span=Span(*map(int, kept["span"])) if kept["span"] else None,
            quote_id=QuoteId(kept["quote"]) if kept["quote"] else None,
            colour=Colour(kept["colour"]),
            tags=tuple(map(str, kept["tags"])),
            cases=tuple(
                (CaseId(case_id) if case_id else None, str(name), Role(role))
                for case_id, name, role in kept["cases"]
            ),
            note=str(kept["note"]),
            words=str(kept["words"]),
        )
    except (KeyError, TypeError, ValueError):
        return None

"""Who hangs on whom: the ways from any row to the documents, quotes and cases that it colours."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from archivist.model.ids import CaseId, DocumentId, QuoteId

_QUOTES_BEHIND = {
    "quotes": "SELECT id FROM quotes WHERE id = ?",
    "quote_tags": "SELECT quote_id FROM quote_tags WHERE id = ?",
    "tags": "SELECT quote_id FROM quote_tags WHERE tag_id = ?",
    "case_quotes": "SELECT quote_id FROM case_quotes WHERE id = ?",
    "cases": "SELECT quote_id FROM case_quotes WHERE case_id = ?",
    "case_aliases": "SELECT quote_id FROM case_quotes JOIN case_aliases USING (case_id)"
    " WHERE case_aliases.id = ?",
}
_CASES_BEHIND = {
    "cases": "SELECT id FROM cases WHERE id = ?",
    "case_aliases": "SELECT case_id FROM case_aliases WHERE id = ?",
    "case_quotes": "SELECT case_id FROM case_quotes WHERE id = ?",
}
_DOCUMENT_OF = {
    "texts": "SELECT document_id FROM texts WHERE id = ?",
    "metadata": "SELECT document_id FROM metadata WHERE id = ?",
}


@dataclass(frozen=True, slots=True)
class LinkStore:
    """Follows links between rows, deleted ones too."""

    db: Database

    def document_of(self, table: str, row_id: str) -> list[DocumentId]:
        return [DocumentId(found) for found in self._first(_DOCUMENT_OF[table], row_id)]

    def quotes_of_document(self, document_id: DocumentId) -> list[QuoteId]:
        return [
            QuoteId(found)
            for found in self._first("SELECT id FROM quotes WHERE document_id = ?", document_id)
        ]

    def quotes_behind(self, table: str, row_id: str) -> list[QuoteId]:
        query = _QUOTES_BEHIND.get(table)
        return [QuoteId(found) for found in self._first(query, row_id)] if query else []

    def cases_behind(self, table: str, row_id: str) -> list[CaseId]:
        query = _CASES_BEHIND.get(table)
        return [CaseId(found) for found in self._first(query, row_id)] if query else []

    def documents_of_quotes(self, quotes: Iterable[QuoteId]) -> set[DocumentId]:
        query = "SELECT document_id FROM quotes WHERE id = ?"
        return {DocumentId(found) for quote in quotes for found in self._first(query, quote)}

    def _first(self, query: str, argument: str) -> list[str]:
        return [found for (found,) in self.db.execute(query, [argument]).fetchall()]

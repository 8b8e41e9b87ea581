"""Who hangs on whom: the ways from any rows to the documents, quotes and cases that they colour."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from archivist.model.ids import CaseId, DocumentId, QuoteId

# The quotes that are out of sight. They are few: to count what lives is to leave these out.
HIDDEN_QUOTES = """(
    SELECT id FROM quotes WHERE deleted = 1
    UNION ALL
    SELECT id FROM quotes WHERE deleted = 0 AND document_id IN (SELECT id FROM documents WHERE deleted = 1)
)"""

# By the table of the rows. Deleted rows count too: what hung on them changes with them.
_DOCUMENTS_BEHIND = {
    "documents": "SELECT id FROM documents WHERE id IN rows",
    "texts": "SELECT document_id FROM texts WHERE id IN rows",
    "metadata": "SELECT document_id FROM metadata WHERE id IN rows",
    "quotes": "SELECT document_id FROM quotes WHERE id IN rows",
}
_QUOTES_BEHIND = {
    "documents": "SELECT id FROM quotes WHERE document_id IN rows",
    "quotes": "SELECT id FROM quotes WHERE id IN rows",
    "quote_tags": "SELECT quote_id FROM quote_tags WHERE id IN rows",
    "tags": "SELECT quote_id FROM quote_tags WHERE tag_id IN rows",
    "case_quotes": "SELECT quote_id FROM case_quotes WHERE id IN rows",
    "cases": "SELECT quote_id FROM case_quotes WHERE case_id IN rows",
    "case_aliases": """
        SELECT quote_id FROM case_quotes
        WHERE case_id IN (SELECT case_id FROM case_aliases WHERE id IN rows)
    """,
}
_CASES_BEHIND = {
    "cases": "SELECT id FROM cases WHERE id IN rows",
    "case_aliases": "SELECT case_id FROM case_aliases WHERE id IN rows",
}


@dataclass(frozen=True, slots=True)
class LinkStore:
    """Follows links between rows, deleted ones too; one question for any number of rows of a table."""

    db: Database

    def documents_behind(self, table: str, rows: Iterable[str]) -> set[DocumentId]:
        return {DocumentId(found) for found in self._behind(_DOCUMENTS_BEHIND, table, rows)}

    def quotes_behind(self, table: str, rows: Iterable[str]) -> set[QuoteId]:
        return {QuoteId(found) for found in self._behind(_QUOTES_BEHIND, table, rows)}

    def cases_behind(self, table: str, rows: Iterable[str]) -> set[CaseId]:
        return {CaseId(found) for found in self._behind(_CASES_BEHIND, table, rows)}

    def _behind(self, questions: Mapping[str, str], table: str, rows: Iterable[str]) -> set[str]:
        if table not in questions:
            return set()
        found = self.db.execute(
            f"WITH rows AS (SELECT value FROM json_each(?)) {questions[table]}",  # noqa: S608 -- our own
            [json.dumps(list(rows))],
        )
        return {one for (one,) in found.fetchall()}

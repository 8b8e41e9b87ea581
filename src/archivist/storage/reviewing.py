"""Which quotes a person must look at: their words are not where they were marked.

Neither a text nor the anchor of a quote ever changes, so that each is held against the other once,
and again only when its document is read anew.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from archivist.model.anchor import resolve
from archivist.model.ids import DocumentId, QuoteId, TextId
from archivist.storage.history import last_change
from archivist.storage.links import HIDDEN_QUOTES
from archivist.storage.quotes import QuoteStore
from archivist.storage.texts import TextStore

# SQLite counts code points, as anchors do. Document by document: so each text is read from disk once.
_CHECK = """
    SELECT quote.id, texts.id IS documents.text_id,
        coalesce(substr(content, start + 1, length(exact)) = exact, 0)
    FROM (
        SELECT id, document_id, json_extract(anchor, '$.text_id') AS text_id,
            json_extract(anchor, '$.start') AS start, json_extract(anchor, '$.exact') AS exact
        FROM quotes WHERE id IN (SELECT value FROM json_each(?)) ORDER BY document_id LIMIT -1
    ) AS quote
    JOIN documents ON documents.id = quote.document_id
    LEFT JOIN texts ON texts.id = quote.text_id
"""


@dataclass(slots=True)
class ReviewStore:
    """Holds quotes against their texts, and remembers what came of it."""

    db: Database
    _needy: dict[QuoteId, bool] = field(default_factory=dict, init=False)
    _upto: int = field(default=0, init=False)

    def needy(self, quote_ids: Iterable[QuoteId]) -> set[QuoteId]:
        """Those of the quotes that need review."""
        quote_ids = list(quote_ids)
        self._forget_what_was_read_anew()
        self._check([quote_id for quote_id in quote_ids if quote_id not in self._needy])
        return {quote_id for quote_id in quote_ids if self._needy.get(quote_id, False)}

    def of_all(self) -> set[QuoteId]:
        """All that live and need review."""
        rows = self.db.execute(f"SELECT id FROM quotes WHERE deleted = 0 AND id NOT IN {HIDDEN_QUOTES}")  # noqa: S608
        return self.needy(QuoteId(found) for (found,) in rows.fetchall())

    def documents(self) -> set[DocumentId]:
        """Those that have a quote that needs review."""
        rows = self.db.execute(
            "SELECT document_id FROM quotes WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(self.of_all()))],
        )
        return {DocumentId(found) for (found,) in rows.fetchall()}

    def _forget_what_was_read_anew(self) -> None:
        """The plus keeps SQLite from going through all changes of documents: those since then are few."""
        since, self._upto = self._upto, last_change(self.db)
        if not self._needy:
            return
        changed = self.db.execute(
            """
            SELECT id FROM quotes WHERE document_id IN
                (SELECT row_id FROM history_changes WHERE seq > ? AND +table_name = 'documents')
            """,
            [since],
        ).fetchall()
        for (quote_id,) in changed:
            self._needy.pop(quote_id, None)

    def _check(self, quote_ids: list[QuoteId]) -> None:
        if not quote_ids:
            return
        for quote_id, is_of_today, stands in self.db.execute(_CHECK, [json.dumps(quote_ids)]).fetchall():
            self._needy[quote_id] = not stands or not (is_of_today or self._is_found(quote_id))

    def _is_found(self, quote_id: QuoteId) -> bool:
        """Whether the words, marked in an older text, are found in the one that the document has now."""
        quote = QuoteStore(self.db).get(quote_id)
        text_id = _text_of_today(self.db, quote.document_id) if quote else None
        text = TextStore(self.db).get(text_id) if text_id else None
        return bool(quote and (text is None or resolve(quote.anchor, text.content)))


def _text_of_today(db: Database, document_id: DocumentId) -> TextId | None:
    (text_id,) = db.execute("SELECT text_id FROM documents WHERE id = ?", [document_id]).fetchone()
    return TextId(text_id) if text_id else None

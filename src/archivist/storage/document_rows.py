"""Documents as a list shows them: one question for each thing that is shown, however many documents."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archivist.model.browsing import DocumentRow
from archivist.model.document import Document
from archivist.model.ids import DocumentId, TagId
from archivist.model.tag import Tag
from archivist.storage import engine
from archivist.storage.documents import DocumentStore
from archivist.storage.tags import TagStore
from archivist.storage.texts import TextStore

EXCERPT = 200
_READ = 300  # some of it is white space

_CHOSEN = "(SELECT value FROM json_each(?))"
_SAID = f"""
    SELECT document_id, value, min((origin != 'user') || origin) FROM metadata
    WHERE field = '{{field}}' AND deleted = 0 AND document_id IN {_CHOSEN} GROUP BY document_id
"""  # noqa: S608 -- a constant
_QUOTES = f"""
    SELECT document_id, count(*) FROM quotes
    WHERE deleted = 0 AND document_id IN {_CHOSEN} GROUP BY document_id
"""  # noqa: S608 -- a constant
_TAGS = f"""
    SELECT DISTINCT document_id, tag_id FROM quotes JOIN quote_tags ON quote_id = quotes.id
    WHERE quotes.deleted = 0 AND quote_tags.deleted = 0 AND document_id IN {_CHOSEN}
"""  # noqa: S608 -- a constant


@dataclass(frozen=True, slots=True)
class DocumentRowStore:
    """Makes rows for lists. Reads only."""

    db: Database

    def rows(self, document_ids: Sequence[DocumentId]) -> list[DocumentRow]:
        """In the order of the ids; what is gone is left out."""
        chosen = json.dumps(document_ids)
        with engine.reading(self.db):
            documents = DocumentStore(self.db).many(document_ids)
            publishers = self._values(_SAID.format(field="publisher"), chosen)
            dates = self._values(_SAID.format(field="date"), chosen)
            quotes = self._values(_QUOTES, chosen)
            tags = self._tags(chosen)
            return [
                DocumentRow(
                    document=document,
                    publisher=publishers.get(document.id, ""),
                    date=dates.get(document.id, ""),
                    quotes=quotes.get(document.id, 0),
                    tags=tags.get(document.id, ()),
                    excerpt=self._excerpt(document),
                )
                for document in map(documents.get, document_ids)
                if document
            ]

    def _values(self, question: str, chosen: str) -> dict[str, Any]:
        return {row[0]: row[1] for row in self.db.execute(question, [chosen]).fetchall()}

    def _tags(self, chosen: str) -> dict[str, tuple[Tag, ...]]:
        """The tags on the quotes of each document, in the order of their names."""
        carried: defaultdict[str, set[TagId]] = defaultdict(set)
        for document_id, tag_id in self.db.execute(_TAGS, [chosen]).fetchall():
            carried[document_id].add(tag_id)
        known = TagStore(self.db).all() if carried else []
        return {one: tuple(tag for tag in known if tag.id in tags) for one, tags in carried.items()}

    def _excerpt(self, document: Document) -> str:
        if document.text_id is None:
            return ""
        return " ".join(TextStore(self.db).beginning(document.text_id, _READ).split())[:EXCERPT]

"""What a search counts of many documents at once: kind, language, year, tags and cases of their quotes."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from archivist.model.browsing import Facts
from archivist.model.document import DocumentKind
from archivist.model.ids import CaseId, DocumentId, TagId

_OF_DOCUMENTS = """
    WITH wanted AS (SELECT value AS id FROM json_each(?))
    SELECT documents.id, kind, language, (
        SELECT substr(value, 1, 4) FROM metadata
        WHERE document_id = documents.id AND field = 'date' AND NOT deleted
        ORDER BY origin != 'user', origin LIMIT 1
    ) AS year
    FROM documents JOIN wanted ON wanted.id = documents.id WHERE NOT documents.deleted
"""
_TAGS = """
    WITH wanted AS (SELECT value AS id FROM json_each(?))
    SELECT DISTINCT document_id, tag_id FROM quotes
    JOIN wanted ON wanted.id = document_id
    JOIN quote_tags ON quote_id = quotes.id AND NOT quote_tags.deleted
    JOIN tags ON tags.id = tag_id AND NOT tags.deleted
    WHERE NOT quotes.deleted
"""
_CASES = """
    WITH wanted AS (SELECT value AS id FROM json_each(?))
    SELECT DISTINCT document_id, case_id FROM quotes
    JOIN wanted ON wanted.id = document_id
    JOIN case_quotes ON quote_id = quotes.id AND NOT case_quotes.deleted
    JOIN cases ON cases.id = case_id AND NOT cases.deleted
    WHERE NOT quotes.deleted
"""


@dataclass(frozen=True, slots=True)
class FactStore:
    """Three questions for any number of documents."""

    db: Database

    def of(self, documents: Iterable[DocumentId]) -> dict[DocumentId, Facts]:
        """The facts of those that live."""
        wanted = [json.dumps(list(dict.fromkeys(documents)))]
        tags, cases = self._linked(_TAGS, wanted), self._linked(_CASES, wanted)
        return {
            DocumentId(identity): Facts(
                kind=DocumentKind(kind),
                language=language or "",
                year=year or "",
                tags=frozenset(TagId(tag) for tag in tags[identity]),
                cases=frozenset(CaseId(case) for case in cases[identity]),
            )
            for identity, kind, language, year in self.db.execute(_OF_DOCUMENTS, wanted).fetchall()
        }

    def _linked(self, question: str, wanted: list[str]) -> defaultdict[str, list[str]]:
        linked: defaultdict[str, list[str]] = defaultdict(list)
        for document, other in self.db.execute(question, wanted).fetchall():
            linked[document].append(other)
        return linked

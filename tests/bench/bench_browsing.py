"""What the window asks all the time, of an encrypted archive of 100,000 documents and 20,000 quotes.

Budget: a list for any order or filter well under 300 ms, 200 rows of it in 20 ms, counts in 100 ms.
The first figure of a line is with nothing remembered, the last the best of three.
"""

import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from archivist.archive.archive import Archive
from archivist.archive.opening import create_archive, open_archive, open_companion
from archivist.model.browsing import Listing, Shelf, Sort
from archivist.model.document import DocumentKind
from archivist.model.ids import document_id, natural_id, new_id
from archivist.services.browsing import (
    counts,
    document_rows,
    list_documents,
    list_quotes,
    open_document,
    quote_rows,
)
from archivist.storage.times import to_column

DOCUMENTS, QUOTES = 100_000, 20_000
EVERY_LONG = 25  # one in so many documents is long, and is quoted
BEGUN = datetime(2024, 1, 1, tzinfo=UTC)
WHEN = "2026-11-24T10:00:00.000Z"
TITLES = (
    "Report",
    "Отчёт",
    "ÉTAT",
    "تقرير",
    "报告",
    "prison",
    "Detention",
    "Harbour",
    "Выборы",
    "Tibet",
    "court",
)
STORY = "The officers came at night and took my brother to the station near the harbour wall. " * 240

Row = tuple[Any, ...]


def insert(archive: Archive, table: str, columns: str, rows: list[Row]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    archive.db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608


def fill(archive: Archive) -> None:
    chance = random.Random(1)  # noqa: S311 - the same archive each time
    documents, texts, metadata = [], [], []
    for number in range(DOCUMENTS):
        sha256 = hashlib.sha256(str(number).encode()).hexdigest()
        identity, title = document_id(sha256), " ".join(chance.choices(TITLES, k=6)) + f" {number}"
        content = STORY if number % EVERY_LONG == 0 else STORY[:1000]
        text = natural_id("text", identity)
        kind, language = chance.choice(list(DocumentKind)), chance.choice(["en", "ar", "fr", "zh", None])
        size, pages = chance.randrange(9_000_000), chance.choice([None, chance.randrange(500)])
        at = to_column(BEGUN + timedelta(seconds=number))
        documents.append((identity, sha256, size, kind, title, f"{number}.pdf", language, pages, text, at))
        digest = hashlib.sha256(content.encode()).hexdigest()
        texts.append((text, identity, "extracted", "x", "1", digest, len(content), WHEN, "[]", content))
        for field, value in (
            ("publisher", f"Publisher {chance.randrange(300)}"),
            ("date", f"{chance.randrange(1980, 2024)}-05"),
        ):
            if chance.random() < 0.7:
                key = natural_id("metadata", identity, field, "pdf:info")
                metadata.append((key, identity, field, value, "pdf:info"))
    with archive.deed("import"):
        columns = "id, sha256, size, kind, title, file_name, language, pages, text_id, imported_at"
        insert(archive, "documents", columns, documents)
        columns = "id, document_id, origin, engine, engine_version, sha256, characters, created_at"
        insert(archive, "texts", f"{columns}, sections, content", texts)
        insert(archive, "metadata", "id, document_id, field, value, origin", metadata)
    mark(archive, chance, [(text[1], text[0]) for text in texts[::EVERY_LONG]])


def mark(archive: Archive, chance: random.Random, quoted: list[tuple[str, str]]) -> None:
    tags, cases = [new_id() for _ in range(200)], [new_id() for _ in range(300)]
    quotes, tagged, linked = [], [], []
    for number in range(QUOTES):
        document, text = chance.choice(quoted)
        start, quote, tag, case = (
            chance.randrange(20_000),
            new_id(),
            chance.choice(tags),
            chance.choice(cases),
        )
        anchor = {"text_id": text, "start": start, "end": start + 120, "exact": STORY[start : start + 120]}
        anchor |= {"prefix": "", "suffix": "", "page": None, "quads": []}
        quotes.append((quote, document, json.dumps(anchor), WHEN))
        tagged.append((natural_id("quote_tag", quote, tag), quote, tag))
        linked.append((natural_id("case_quote", case, quote), case, quote, "supports", number))
    with archive.deed("quote"):
        insert(archive, "tags", "id, name, name_key", [(tag, tag, tag) for tag in tags])
        insert(archive, "cases", "id, name, name_key", [(case, case, case) for case in cases])
        insert(archive, "quotes", "id, document_id, anchor, created_at", quotes)
        insert(archive, "quote_tags", "id, quote_id, tag_id", tagged)
        insert(archive, "case_quotes", "id, case_id, quote_id, role, position", linked)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("large") / "Large.archivist"
    create_archive(folder, "a passphrase")
    with open_archive(folder, "a passphrase") as archive:
        fill(archive)
        yield archive


@pytest.fixture
def reader(large: Archive) -> Iterator[Archive]:
    with open_companion(large) as companion:
        yield companion


def measure(name: str, ask: Callable[[], object]) -> None:
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    print(f"{name:28} {times[0]:7.1f} ms  {min(times):7.1f} ms")


def test_lists_of_documents(reader: Archive) -> None:
    print()
    for sort in Sort:
        measure(f"by {sort}", partial(list_documents, reader, Listing(sort=sort)))
    for shelf in Shelf:
        measure(f"shelf {shelf}", partial(list_documents, reader, Listing(shelf)))
    narrowed = {
        "a tag": Listing(tag=reader.tags.all()[0].id),
        "a case": Listing(case=reader.cases.all()[0].id),
        "two kinds": Listing(kinds=(DocumentKind.PDF, DocumentKind.HTML)),
        "a year": Listing(year="1999"),
        "words": Listing(words="отчёт harb"),
        "all together": Listing(kinds=(DocumentKind.PDF,), year="1999", words="re", sort=Sort.PUBLISHER),
    }
    for name, listing in narrowed.items():
        measure(name, partial(list_documents, reader, listing))


def test_what_is_shown_of_a_list(reader: Archive) -> None:
    print()
    documents, quotes = list_documents(reader, Listing()), list_quotes(reader)
    measure("200 rows of documents", lambda: document_rows(reader, documents[50_000:50_200]))
    measure("all quotes", lambda: list_quotes(reader))
    measure("200 rows of quotes", lambda: quote_rows(reader, quotes[5000:5200]))
    quoted = quote_rows(reader, quotes[:1])[0].document
    measure("a document opens", lambda: open_document(reader, quoted.id))


def test_counts(reader: Archive) -> None:
    print()
    measure("counts", lambda: counts(reader))

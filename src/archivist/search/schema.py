"""What the index holds of an entry, and by which version of the rules."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from whoosh.columns import FixedBytesColumn
from whoosh.fields import COLUMN, ID, STORED, Schema
from whoosh.formats import Existence

from archivist.model.search import Entry, Found
from archivist.search.analysis import FoldedText

# Raise the number whenever terms or fields change; the rest follows the tables of the Python in use.
VERSION = f"1-{unicodedata.unidata_version}"
STAMP_KEY = ":stamp"
RANK = 40  # bytes of an id that decide between equals

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class _LabelFormat(Existence):  # type: ignore[misc]  # Whoosh is untyped
    """Each label of a list is a term as it stands."""

    def word_values(
        self, labels: Iterable[str], _analyzer: object, **_options: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        for label in dict.fromkeys(labels):
            yield label, 1, 1.0, b""


class Labels(ID):  # type: ignore[misc]  # Whoosh is untyped
    """A field of labels that are compared whole; takes a list."""

    def __init__(self) -> None:
        super().__init__()
        self.format = _LabelFormat()


SCHEMA = Schema(
    key=ID(unique=True, stored=True),
    document=STORED,
    stamp=STORED,
    rank=COLUMN(FixedBytesColumn(RANK)),
    found=Labels(),
    title=FoldedText(),
    text=FoldedText(),
    tags=FoldedText(),
    cases=FoldedText(),
    lang=Labels(),
    kind=Labels(),
    date=Labels(),
)


def key_of(found: Found, entry_id: str) -> str:
    return f"{found.value}:{entry_id}"


def from_key(key: str) -> tuple[Found, str]:
    found, _, entry_id = key.partition(":")
    return Found(found), entry_id


def fields_of(entry: Entry) -> dict[str, object]:
    """The entry as Whoosh takes it."""
    date = _DATE.match(entry.date)
    return {
        "key": key_of(entry.found, entry.id),
        "document": entry.document_id,
        "rank": entry.id.encode()[:RANK].ljust(RANK, b"\0"),
        "found": [entry.found.value],
        "title": entry.title,
        "text": entry.text,
        "tags": list(entry.tags),
        "cases": list(entry.cases),
        "lang": language_labels(entry.language or ""),
        "kind": [label.lower() for label in (entry.kind, entry.found.value) if label],
        "date": [date.group()] if date else [],
    }


def language_labels(language: str) -> list[str]:
    """`zh-Hant` is found as `zh-hant` and as `zh`."""
    label = language.lower().replace("_", "-")
    return [label, label.partition("-")[0]] if label else []

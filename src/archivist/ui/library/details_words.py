"""What is known of a document, in words: facts, where it came from, what to be careful with."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from archivist.model.browsing import DocumentDetails
from archivist.model.document import USER, Document, Field, Provenance
from archivist.ui.library.wording import kind_name
from archivist.ui.words import date_words, isolate, moment_words, plural, size_words

translate = QCoreApplication.translate
Fact = tuple[str, str]
"""A label and what stands beside it."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.*")


def said(details: DocumentDetails, field: Field) -> str:
    """What holds: the user's word, else a file's."""
    return next((m.value for m in details.metadata if m.field == field), "")


def said_by_user(details: DocumentDetails, field: Field) -> str:
    return next((m.value for m in details.metadata if m.field == field and m.origin == USER), "")


def said_by_file(details: DocumentDetails, field: str) -> str:
    return next((m.value for m in details.metadata if m.field == field and m.origin != USER), "")


def what_was_read(document: Document, quotes: int) -> Iterator[Fact]:
    yield translate("Details", "Kind"), f"{kind_name(document.kind)}, {size_words(document.size)}"
    yield translate("Details", "Text"), _extent(document)
    if quotes:
        one, many = translate("Details", "1 quote"), translate("Details", "{} quotes")
        yield translate("Details", "Marked"), plural(quotes, one, many)
    yield translate("Details", "File name"), isolate(document.file_name)
    yield translate("Details", "Imported"), moment_words(document.imported_at)


def _extent(document: Document) -> str:
    if document.text_id is None:
        return translate("Details", "None: kept as it is, not read")
    one, many = translate("Details", "1 character"), translate("Details", "{} characters")
    parts = [plural(document.characters, one, many)]
    if document.pages:
        page, pages = translate("Details", "1 page"), translate("Details", "{} pages")
        parts.insert(0, plural(document.pages, page, pages))
    return ", ".join(parts)


def said_by_the_file(details: DocumentDetails) -> Iterator[Fact]:
    """What no field above is for."""
    labels = {
        "subject": translate("Details", "Subject"),
        "keywords": translate("Details", "Keywords"),
        "created": translate("Details", "Created"),
        "modified": translate("Details", "Changed"),
        "modified_by": translate("Details", "Last saved by"),
        "created_with": translate("Details", "Written with"),
        "producer": translate("Details", "Made with"),
    }
    for field, words in labels.items():
        if value := said_by_file(details, field):
            yield words, date_words(value[:10]) if _MOMENT.fullmatch(value) else isolate(value)


def came_by(provenance: Provenance) -> Iterator[Fact]:
    """The folder by its name alone: the rest of the path says more of this computer than of the file."""
    folder = PurePath(provenance.original_path).parent.name
    told = (
        (translate("Details", "Received from"), isolate(provenance.received_from)),
        (translate("Details", "How"), isolate(provenance.method)),
        (translate("Details", "Name there"), isolate(provenance.original_name)),
        (translate("Details", "Folder"), isolate(folder) if folder else ""),
        (
            translate("Details", "File date"),
            moment_words(provenance.modified_at) if provenance.modified_at else "",
        ),
        (translate("Details", "Taken in"), moment_words(provenance.imported_at)),
        (translate("Details", "From address"), isolate(provenance.source_url)),
        (translate("Details", "Note"), isolate(provenance.note)),
    )
    return ((words, value) for words, value in told if value.strip("\u2068\u2069"))


def fingerprint(sha256: str) -> str:
    """In groups that an eye can compare."""
    return " ".join(sha256[at : at + 4] for at in range(0, len(sha256), 4))


def warning_title(sentence: str) -> str:
    """A name for what a reading warned of, by how the sentence begins."""
    for start, title in (
        ("No text: the file needs a password", translate("Details", "Password needed")),
        ("No text", translate("Details", "No text")),
        ("Kept, not read", translate("Details", "Kept, not read")),
        ("Read with a password", translate("Details", "Read with a password")),
        ("Damaged, and without text", translate("Details", "Damaged pages")),
        ("Without text", translate("Details", "Pages without text")),
        ("The text layer", translate("Details", "Words may be wrong")),
        ("The words on", translate("Details", "Words of a scanner")),
        ("Some words on", translate("Details", "Words that cannot be seen")),
        ("Text under", translate("Details", "Text under black boxes")),
        ("The original contains macros", translate("Details", "Macros")),
        ("The original contains", translate("Details", "Active content")),
        ("Opened in Word", translate("Details", "Reaches out when opened")),
        ("Tracked deletions", translate("Details", "Tracked changes")),
        ("Passages that Word hides", translate("Details", "Hidden passages")),
        ("How the characters", translate("Details", "Encoding guessed")),
    ):
        if sentence.startswith(start):
            return title
    return translate("Details", "Please note")

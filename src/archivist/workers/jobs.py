"""What can be asked of a child: a table, name of the job to function.

All libraries are imported here and now, by the zygote, and rehearsed: a child that has a document
before it can open no file any more. That costs the start of a zygote a third of a second, once.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import astuple, replace

from archivist.model.document import DocumentKind, Extraction
from archivist.workers import pdf, plain_text, web_page, word, write_docx
from archivist.workers.decoding import load_encodings
from archivist.workers.failing import Unreadable
from archivist.workers.fonts import installed_faces
from archivist.workers.kinds import kind_of
from archivist.workers.rectangles import rectangles
from archivist.workers.rehearsal import rehearse
from archivist.workers.styles import styles
from archivist.workers.wire import Answer, Header, Job

READERS: Mapping[DocumentKind, Callable[[bytes], Extraction]] = {
    DocumentKind.PDF: pdf.read,
    DocumentKind.DOCX: word.read,
    DocumentKind.HTML: web_page.read,
    DocumentKind.TEXT: plain_text.read_text,
    DocumentKind.MARKDOWN: plain_text.read_markdown,
}


def extract(header: Header, data: bytes) -> Answer:
    """Job: a document and its name, and its password where it has one, to its text and what goes with it."""
    kind = kind_of(data, header["name"])
    try:
        password = header.get("password", "")
        found = pdf.read(data, password) if kind is DocumentKind.PDF else READERS[kind](data)
    except Unreadable as error:
        return {"failure": error.failure, "what": error.what, "kind": kind}, b""
    if not found.text and not found.warnings:
        found = replace(found, warnings=("No text: there are no words in this file.",))
    return _packed(found), found.text.encode("utf-8")


def _packed(found: Extraction) -> Header:
    return {
        "kind": found.kind,
        "engine": found.engine,
        "engine_version": found.engine_version,
        "sections": [list(astuple(section)) for section in found.sections],
        "metadata": [list(astuple(metadatum)) for metadatum in found.metadata],
        "language": found.language,
        "pages": found.pages,
        "warnings": list(found.warnings),
    }


# What a job gets as data came from elsewhere; what the app itself has to say goes into the header.
JOBS: Mapping[str, Job] = {
    "extract": extract,
    "rectangles": rectangles,
    "styles": styles,
    "write_docx": write_docx.job,
}


def prepare() -> None:
    """Loads whatever is still to be loaded; nothing can be after it."""
    load_encodings()
    installed_faces().lend()  # the same as where pages are shown: words are parted by how wide letters are
    rehearse(_extract_and_style)


def _extract_and_style(sample: bytes, name: str) -> None:
    header = {"name": name}
    extract(header, sample)
    with suppress(Unreadable):  # a PDF has none
        styles(header, sample)

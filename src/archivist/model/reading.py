"""What readers of documents may say, so that the side that believes none of them can check it.

A reader is in the hands of its document: it may lie about what the document says of itself,
but it can speak neither as the user nor about anything that has no name here.
"""

from collections.abc import Mapping

from archivist.model.document import DocumentKind, Field
from archivist.model.text import canonical

ORIGINS: Mapping[DocumentKind, str] = {
    DocumentKind.PDF: "pdf:info",
    DocumentKind.DOCX: "docx:core",
    DocumentKind.HTML: "html:meta",
    DocumentKind.MARKDOWN: "md:heading",
}

# `created` and `modified` are dates of the file: a report of 1999 may have been scanned today.
FIELDS = frozenset(
    {*Field, "created", "created_with", "keywords", "modified", "modified_by", "producer", "subject"}
)


def one_line(raw: str, longest: int) -> str:
    """Canonical, in one line, white space counted once; doing it twice changes nothing."""
    return " ".join(canonical(raw).split())[:longest].rstrip()

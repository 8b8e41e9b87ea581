"""What the page of a case shows: its quotes line by line, and the documents behind them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from archivist.archive.archive import Archive
from archivist.model.browsing import CasePage, DocumentRow, QuoteRow
from archivist.model.ids import CaseId, QuoteId
from archivist.model.quote import Role
from archivist.model.writing import Direction, direction, flowing
from archivist.services.browsing import case_page, document_rows
from archivist.ui.cases.roles import role_name
from archivist.ui.words import isolate, number

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class CaseContent:
    """All of a case that its page needs."""

    page: CasePage
    documents: tuple[DocumentRow, ...]
    """In the order in which they are first quoted."""


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A quote of the case; `number` is its place in the order set by hand."""

    row: QuoteRow
    number: int
    role: Role
    publisher: str = ""

    @property
    def id(self) -> QuoteId:
        return self.row.quote.id

    @property
    def words(self) -> str:
        """As they read, in the marks of their own direction."""
        words = flowing(self.row.quote.anchor.exact).strip()
        return f"«{words}»" if direction(words) is Direction.RTL else f"“{words}”"

    @property
    def source(self) -> str:
        """Publisher, title, page."""
        page = self.row.page_label
        where = translate("Cases", "p. {}").format(page) if page else ""
        return ", ".join(isolate(part) for part in (self.publisher, self.row.document.title, where) if part)

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        said = [f"{number(self.number)}. {role_name(self.role)}", self.words, self.source]
        if self.row.needs_review:
            said.append(translate("Cases", "Needs review"))
        if self.row.quote.note:
            said.append(translate("Cases", "Note: {}").format(self.row.quote.note))
        if self.row.tags:
            tags = ", ".join(tag.name for tag in self.row.tags)
            said.append(translate("Cases", "Tags: {}").format(tags))
        return ". ".join(said)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A document behind the case, and how many of its quotes are in it."""

    row: DocumentRow
    quotes: int


def case_content(archive: Archive, case_id: CaseId) -> CaseContent:
    """Raises NotFound where there is none."""
    with archive.reading():
        page = case_page(archive, case_id)
        ids = list(dict.fromkeys(row.document.id for row in page.quotes))
        return CaseContent(page, tuple(document_rows(archive, ids)))


def quote_lines(content: CaseContent) -> list[QuoteLine]:
    case_id = content.page.case.id
    publishers = {row.document.id: row.publisher for row in content.documents}
    return [
        QuoteLine(row, at, _role(row, case_id), publishers.get(row.document.id, ""))
        for at, row in enumerate(content.page.quotes, start=1)
    ]


def source_lines(content: CaseContent) -> list[SourceLine]:
    amounts = Counter(row.document.id for row in content.page.quotes)
    return [SourceLine(row, amounts[row.document.id]) for row in content.documents]


def with_role(lines: Sequence[QuoteLine], role: Role | None) -> list[QuoteLine]:
    return [line for line in lines if role in {None, line.role}]


def _role(row: QuoteRow, case_id: CaseId) -> Role:
    return next((link.role for link in row.quote.cases if link.case_id == case_id), Role.CONTEXT)

"""Results as lines of a list: a head for each document, its passages, and what is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from archivist.model.results import Group, ResultsPage, ShownPassage
from archivist.ui.quotes.wording import page_words
from archivist.ui.words import plural

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Head:
    """A document or case, above its passages."""

    group: Group


@dataclass(frozen=True, slots=True)
class PassageLine:
    """One passage; `number` counts them over the whole page, from 1."""

    group: Group
    passage: ShownPassage
    number: int


@dataclass(frozen=True, slots=True)
class MorePassages:
    """Those of a document that are not shown yet."""

    group: Group

    @property
    def left(self) -> int:
        return self.group.total - len(self.group.passages)


@dataclass(frozen=True, slots=True)
class MoreDocuments:
    """The documents that are not shown yet."""

    left: int


Line = Head | PassageLine | MorePassages | MoreDocuments


class LinesModel(QAbstractListModel):
    """A page of results, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self.page: ResultsPage | None = None
        self.lines: list[Line] = []

    def show(self, page: ResultsPage | None) -> None:
        self.beginResetModel()
        self.page = page
        self.lines = list(_lines(page)) if page else []
        self.endResetModel()

    def place_of(self, line: Line | None) -> int:
        """Where the same passage stands now; -1 where it is gone."""
        if not isinstance(line, PassageLine):
            return -1
        for at, one in enumerate(self.lines):
            if isinstance(one, PassageLine) and _identity(one) == _identity(line):
                return at
        return -1

    @property
    def passages(self) -> int:
        """How many can be gone through."""
        return sum(isinstance(line, PassageLine) for line in self.lines)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are stepped over: keys stop at what is enabled."""
        if index.isValid() and isinstance(self.lines[index.row()], Head):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._words(line)
        return None

    def _words(self, line: Line) -> str:
        match line:
            case Head(group):
                return group.row.document.title if group.row else group.case.name if group.case else ""
            case PassageLine(_, passage, _):
                return f"{page_words(passage.place)} {passage.words}".strip()
            case MorePassages():
                return plural(line.left, self.tr("1 more here"), self.tr("{} more here"))
            case MoreDocuments(left):
                return plural(left, self.tr("Show 1 more"), self.tr("Show more, {} are left"))


def _identity(line: PassageLine) -> tuple[object, ...]:
    group, passage = line.group, line.passage
    return group.document_id or (group.case and group.case.id), passage.found, passage.span, passage.quote_id


def _lines(page: ResultsPage) -> Iterator[Line]:
    number = 0
    for group in page.groups:
        yield Head(group)
        for passage in group.passages:
            number += 1
            yield PassageLine(group, passage, number)
        if group.total > len(group.passages):
            yield MorePassages(group)
    if page.total > len(page.groups):
        yield MoreDocuments(page.total - len(page.groups))

"""What the palette offers: every deed that can be done now, every place, case, tag and document by name."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from archivist.archive.archive import Archive
from archivist.model.browsing import Counts, DocumentRow, Listing, Sort
from archivist.services.browsing import counts, document_rows, list_documents
from archivist.ui.actions import HIDDEN_FROM_PALETTE, shortcut_words
from archivist.ui.icons import KIND_ICONS
from archivist.ui.palette.palette import Entry, Palette
from archivist.ui.places import CasePlace, DocumentPlace, QuotesPlace, SearchPlace
from archivist.ui.session import Session
from archivist.ui.sidebar.rows import places
from archivist.ui.words import isolate, number

MOST_DOCUMENTS = 8
LEAST_LETTERS = 2


class PalettePresenter(QObject):
    """Opens the palette over `parent`; names are asked for when they are needed, and not kept."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.palette = Palette(parent)
        self._session = session
        self.palette.typed.connect(self._look_up)

    def open(self) -> None:
        self.palette.open([*self._deeds(), self._search()])
        self._session.tasks.read(counts, self._add_names, key="palette names")

    def _deeds(self) -> list[Entry]:
        return [
            Entry(
                action.text().replace("&", ""),
                str(action.property("icon_name") or ""),
                action.trigger,
                shortcut_words(action),
            )
            for action in sorted(self._session.actions.all(), key=_is_of_the_frame)
            if _is_offered(action)
        ]

    def _search(self) -> Entry:
        def search() -> None:
            if words := self.palette.field.text().strip():
                self._session.go(SearchPlace(words))

        return Entry(
            self.tr("Search documents, quotes and cases"), "magnifying-glass", search, is_always=True
        )

    def _add_names(self, known: Counts) -> None:
        go = self._session.go
        ways = [
            Entry(row.name, row.sign, partial(go, row.place), number(row.count) if row.count else "")
            for row in places(known)
            if row.place is not None
        ]
        cases = [
            Entry(
                self.tr("Case: {}").format(isolate(case.name)),
                "briefcase",
                partial(go, CasePlace(case.id)),
                number(case.quotes),
            )
            for case in known.cases
        ]
        tags = [
            Entry(
                self.tr("Tag: {}").format(isolate(tag.name)),
                "hash",
                partial(go, QuotesPlace(tag.id)),
                number(tag.quotes),
            )
            for tag in known.tags
        ]
        if self.palette.isVisible():
            self.palette.add([*ways, *cases, *tags])

    def _look_up(self, letters: str) -> None:
        if len(letters) < LEAST_LETTERS:
            return
        self._session.tasks.read(partial(_titled, letters), self._add_documents, key="palette documents")

    def _add_documents(self, rows: list[DocumentRow]) -> None:
        if self.palette.isVisible():
            self.palette.add(
                [
                    Entry(
                        isolate(row.document.title),
                        KIND_ICONS[row.document.kind][0],
                        partial(self._session.go, DocumentPlace(row.document.id)),
                    )
                    for row in rows
                ]
            )


def _titled(letters: str, archive: Archive) -> list[DocumentRow]:
    listing = Listing(words=letters, sort=Sort.TITLE, descending=False)
    return document_rows(archive, list_documents(archive, listing)[:MOST_DOCUMENTS])


def _is_of_the_frame(action: QAction) -> bool:
    """Those stand after what is done with documents."""
    return action.objectName().startswith(("window.", "go.", "archive."))


def _is_offered(action: QAction) -> bool:
    return action.isEnabled() and not action.property(HIDDEN_FROM_PALETTE)

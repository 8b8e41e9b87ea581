"""The details of what is selected, joined to their services; the reader and the import show it too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from archivist.archive.archive import Archive
from archivist.model.browsing import DocumentDetails, DocumentRow
from archivist.model.document import Document, Field
from archivist.model.errors import ArchivistError
from archivist.model.ids import CaseId, DocumentId, TagId
from archivist.services.browsing import document_details, document_rows
from archivist.services.importing import read_again
from archivist.services.organising import edit_document, restore_documents
from archivist.ui.library.details_view import DetailsView
from archivist.ui.places import CasePlace, QuotesPlace
from archivist.ui.session import Session
from archivist.ui.widgets.buttons import calling, dress_button
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import EmptyState
from archivist.ui.words import plural

FOOT = 58


@dataclass(frozen=True, slots=True)
class _Shown:
    details: DocumentDetails
    row: DocumentRow


def _known(archive: Archive, document_id: DocumentId) -> _Shown:
    details = document_details(archive, document_id)
    return _Shown(details, document_rows(archive, [document_id])[0])


class DetailsPane(QFrame):
    """Shows one document by itself; `tools` are deeds that stand in its foot, the last as the main one."""

    shown = Signal()

    def __init__(self, session: Session, tools: Sequence[QAction] = ()) -> None:
        super().__init__()
        self.setObjectName("side_pane")
        self.setAccessibleName(self.tr("Details"))
        self._session = session
        self._id: DocumentId | None = None
        self._document: Document | None = None
        self._is_stale = False
        self.view = DetailsView()
        self._nothing = EmptyState(
            "info",
            self.tr("Nothing selected"),
            self.tr("Select a document to see where it is from and what is known of it."),
        )
        self._many = label(role="title", wraps=True)
        self._many.setObjectName("details_many")
        self._many.setAlignment(Qt.AlignmentFlag.AlignCenter)
        several = QWidget()
        several.setLayout(column(None, self._many, None, margins=(24, 24, 24, 24)))
        self._several = several
        self._stack = QStackedWidget()
        for page in (self._nothing, several, self.view):
            self._stack.addWidget(page)
        self._foot = panel("pane_foot", self._tools(tools), height=FOOT)
        self._has_tools = bool(tools)
        self._foot.hide()
        self.setLayout(column(self._stack, self._foot))
        self._connect()

    def _connect(self) -> None:
        view = self.view
        view.title_kept.connect(self._retitle)
        view.field_kept.connect(self._describe)
        view.read_again.connect(self._read_again)
        view.restore_wanted.connect(self._restore)
        view.tag_opened.connect(lambda id_: self._session.go(QuotesPlace(TagId(id_))))
        view.case_opened.connect(lambda id_: self._session.go(CasePlace(CaseId(id_))))
        self._session.tasks.changed.connect(self._refresh)

    def _tools(self, tools: Sequence[QAction]) -> QHBoxLayout:
        layout = row(margins=(20, 0, 20, 0), spacing=8)
        for at, action in enumerate(tools):
            if at == len(tools) - 1:
                layout.addStretch(1)
            layout.addWidget(_DeedButton(action, is_main=at == len(tools) - 1))
        return layout

    # ---- what it shows

    def show_document(self, document_id: DocumentId | None) -> None:
        self.show_documents([document_id] if document_id else [])

    def show_documents(self, ids: Sequence[DocumentId]) -> None:
        """One in all detail; of several how many they are."""
        only = ids[0] if len(ids) == 1 else None
        if only != self._id:
            self.view.keep_edits()
            self.view.forget_edits()
        self._id = only
        self._foot.setVisible(self._has_tools and bool(ids))
        if only:
            self._read()
            return
        self._document = None
        self._many.setText(plural(len(ids), "", self.tr("{} documents selected")))
        self._stack.setCurrentWidget(self._several if ids else self._nothing)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._refresh()

    def _refresh(self) -> None:
        """Something has changed somewhere; out of sight it can wait."""
        self._is_stale = not self.isVisible()
        if not self._is_stale and self._id:
            self._read()

    def _read(self) -> None:
        if self._id:
            self._session.tasks.read(
                partial(_known, document_id=self._id),
                self._take,
                failed=self._lose,
                key=f"details {id(self)}",
            )

    def _take(self, shown: _Shown) -> None:
        if shown.details.document.id == self._id:
            self._document = shown.details.document
            self.view.show_details(shown.details, shown.row)
            self._stack.setCurrentWidget(self.view)
            self.shown.emit()

    def _lose(self, error: ArchivistError) -> None:
        """It is not there any more: an import that brought it was undone."""
        self._document = None
        self._nothing.tell(self.tr("Nothing to show"), str(error))
        self._stack.setCurrentWidget(self._nothing)

    # ---- deeds

    def _retitle(self, title: str) -> None:
        self._edit(Field.TITLE, lambda archive, document: edit_document(archive, document, title=title))

    def _describe(self, field: Field, value: str) -> None:
        fields = {field: value}
        self._edit(field, lambda archive, document: edit_document(archive, document, fields=fields))

    def _edit(self, field: Field, edit: Callable[[Archive, Document], object]) -> None:
        document = self._document
        if document is None:
            return

        def refuse(error: ArchivistError) -> None:
            if document.id == self._id:
                self.view.refuse(field, str(error))
            else:
                self._session.say(str(error))

        self._session.tasks.write(lambda archive: edit(archive, document), failed=refuse)

    def _read_again(self, password: str) -> None:
        document = self._document
        if document is None:
            return

        def told(now: Document) -> None:
            if now.text_id is None:
                self.view.refuse_reading(" ".join(now.warnings[:1]))
            else:
                self._session.say(self.tr("The text is read now, and can be searched and quoted."))

        def refuse(error: ArchivistError) -> None:
            self.view.refuse_reading(str(error))

        self._session.tasks.write(
            lambda archive: read_again(archive, document, password=password), told, failed=refuse
        )

    def _restore(self) -> None:
        if document := self._document:
            self._session.tasks.write(lambda archive: restore_documents(archive, [document]))


class _DeedButton(QPushButton):
    """A button for a deed of the registry: enabled and there while the deed is."""

    def __init__(self, action: QAction, *, is_main: bool) -> None:
        super().__init__(action.text())
        self._deed = action
        dress_button(self, kind="primary" if is_main else "")
        self.setObjectName(f"foot_{action.objectName()}")
        self.clicked.connect(calling(action.trigger))
        action.changed.connect(self._follow)  # a method: it is let go with the button, before the deed
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._deed.isEnabled())
        # Shown alone, it would be a window for a moment.
        if self.parentWidget() or not self._deed.isVisible():
            self.setVisible(self._deed.isVisible())

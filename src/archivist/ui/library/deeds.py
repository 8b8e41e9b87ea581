"""What can be done with documents of the list; each once, for keys, menus, buttons and the palette."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from archivist.archive.archive import Archive
from archivist.model.document import Document
from archivist.model.errors import ArchivistError
from archivist.model.ids import DocumentId
from archivist.services.organising import delete_documents, edit_document, restore_documents
from archivist.ui.library.document_table import CARDS, COLUMNS_MODE
from archivist.ui.library.export import OriginalExport
from archivist.ui.library.originals import documents_of
from archivist.ui.library.view import LibraryView
from archivist.ui.session import Session
from archivist.ui.words import plural


@dataclass(frozen=True, slots=True)
class Ways:
    """What the presenter does itself."""

    open_selected: Callable[[], object]
    toggle_details: Callable[[], object]
    set_mode: Callable[[str], object]
    open_filters: Callable[[], object]


class LibraryDeeds(QObject):
    """Registers the deeds and does them on what is selected.

    Their keys work while the focus is in the list, so that Delete in a field deletes letters only.
    """

    def __init__(self, session: Session, view: LibraryView, ways: Ways) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._export = OriginalExport(session, view.notice)
        add, table = session.actions.add, view.table
        self._open = add(
            "library.open",
            self.tr("Open"),
            ways.open_selected,
            shortcut="Return",
            icon="book-open",
            scope=table,
        )
        self._rename = add(
            "library.rename", self.tr("Rename"), self.rename, shortcut="F2", icon="pencil-simple", scope=table
        )
        self._delete = add(
            "library.delete",
            self.tr("Move to the bin"),
            self.delete,
            shortcut="Del",
            icon="trash",
            scope=table,
        )
        self._restore = add(
            "library.restore",
            self.tr("Restore"),
            self.restore,
            shortcut="Ctrl+R",
            icon="arrow-counter-clockwise",
            scope=table,
        )
        self._export_original = add(
            "documents.export_original", self.tr("Export original…"), self.export, icon="download-simple"
        )
        self.details = add(
            "library.details",
            self.tr("Show or hide details"),
            ways.toggle_details,
            shortcut="Alt+Return",
            icon="info",
            scope=table,
        )
        self.filtering = add(
            "library.filter",
            self.tr("Filter documents"),
            ways.open_filters,
            shortcut="Ctrl+Alt+F",
            icon="funnel-simple",
            scope=view,
        )
        self.modes = {
            CARDS: add(
                "library.cards",
                self.tr("Show as cards"),
                partial(ways.set_mode, CARDS),
                icon="list-bullets",
                shortcut="Ctrl+Alt+1",
            ),
            COLUMNS_MODE: add(
                "library.columns",
                self.tr("Show as columns"),
                partial(ways.set_mode, COLUMNS_MODE),
                icon="table",
                shortcut="Ctrl+Alt+2",
            ),
        }
        view.title_kept.connect(self._retitle)
        self.enable(0, is_bin=False)

    @property
    def menu(self) -> Sequence[QAction | None]:
        """The context menu; what cannot be done there is left out."""
        return (
            *(self._open, self._rename, self.details, None),
            *(self._export_original, None, self._restore, self._delete),
        )

    @property
    def foot(self) -> Sequence[QAction]:
        """Below the details: the last is the main one."""
        return (self._export_original, self._delete, self._restore, self._open)

    def enable(self, selected: int, *, is_bin: bool) -> None:
        for action, holds in (
            (self._open, selected == 1 and not is_bin),
            (self._rename, selected == 1 and not is_bin),
            (self._delete, selected > 0 and not is_bin),
            (self._restore, selected > 0 and is_bin),
            (self._export_original, selected > 0),
        ):
            action.setEnabled(holds)
        self._restore.setVisible(is_bin)
        for action in (self._open, self._delete):
            action.setVisible(not is_bin)

    # ---- done

    def rename(self) -> None:
        if document_id := self._view.table.current_id():
            self._view.table.rename(document_id)

    def delete(self) -> None:
        def told(count: int) -> None:
            one = self.tr("Moved 1 document to the bin. Undo (Ctrl+Z) brings it back.")
            many = self.tr("Moved {} documents to the bin. Undo (Ctrl+Z) brings them back.")
            self._session.say(plural(count, one, many))

        self._do(delete_documents, told)

    def restore(self) -> None:
        def told(count: int) -> None:
            one, many = self.tr("Restored 1 document."), self.tr("Restored {} documents.")
            self._session.say(plural(count, one, many))

        self._do(restore_documents, told)

    def export(self) -> None:
        if ids := self._view.selected_ids():
            self._export.begin(ids)

    def _do(
        self, deed: Callable[[Archive, Sequence[Document]], object], told: Callable[[int], object]
    ) -> None:
        ids = self._view.selected_ids()

        def work(archive: Archive) -> int:
            documents = documents_of(archive, ids)
            deed(archive, documents)
            return len(documents)

        def refuse(error: ArchivistError) -> None:
            self._view.tell("error", str(error))

        if ids:
            self._session.tasks.write(work, told, failed=refuse)

    def _retitle(self, document_id: DocumentId, title: str) -> None:
        editor = self._view.table.title_editor

        def work(archive: Archive) -> None:
            for document in documents_of(archive, [document_id]):
                edit_document(archive, document, title=title)

        def done(_: None) -> None:
            if editor.document_id == document_id:
                editor.dismiss()

        def refuse(error: ArchivistError) -> None:
            if editor.document_id == document_id:
                editor.refuse(str(error))
            else:
                self._session.say(str(error))

        self._session.tasks.write(work, done, failed=refuse)

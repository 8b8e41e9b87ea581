"""What happens when a pack is exported."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from archivist.archive.archive import Archive
from archivist.model.browsing import Counts
from archivist.model.errors import ArchivistError
from archivist.model.ids import CaseId
from archivist.services.browsing import counts
from archivist.services.exporting import Exported, PackOrder, export_pack, measure
from archivist.ui.packs.panel import PackPanel
from archivist.ui.session import Session
from archivist.ui.tasks import Running, Tell
from archivist.ui.theme import hue_of
from archivist.ui.widgets.popover import Sheet
from archivist.ui.words import isolate


class PackPresenter(QObject):
    """Opens the export over the window, and sends it."""

    def __init__(self, session: Session, overlay: QWidget) -> None:
        super().__init__(overlay)
        self._session = session
        self._overlay = overlay
        self._sheet: Sheet | None = None
        self._running: Running | None = None
        self.panel: PackPanel | None = None

    def open(self, case_id: CaseId | None = None) -> None:
        """With one case ticked where the export was asked for from it."""
        if self._sheet is not None:
            return
        self.panel = panel = PackPanel()
        self._sheet = Sheet(self._overlay, panel, self.tr("Export a briefing pack"))
        self._sheet.closed.connect(self._gone)
        panel.closed.connect(self._close)
        panel.wanted.connect(self._export)
        panel.stop_wanted.connect(self._stop)
        panel.choice_changed.connect(self._measure)
        panel.report.copy_seal.clicked.connect(self._copy_seal)
        panel.report.open_folder.clicked.connect(self._reveal)
        self._sheet.open(panel.pack_title)
        self._session.tasks.read(
            counts, partial(self._show_choice, panel, case_id), failed=partial(self._failed, panel)
        )

    def _show_choice(self, panel: PackPanel, case_id: CaseId | None, known: Counts) -> None:
        if panel is not self.panel:
            return
        panel.cases.show_options(
            [(case.id, case.name, hue_of(case.colour, case.id), case.quotes) for case in known.cases],
            frozenset([case_id] if case_id else []),
        )
        panel.tags.show_options(
            [(tag.id, tag.name, hue_of(tag.colour, tag.id), tag.quotes) for tag in known.tags]
        )
        self._measure()

    def _measure(self) -> None:
        panel = self.panel
        if panel is not None:
            order = panel.order()
            self._session.tasks.read(
                lambda archive: measure(archive, order),
                self._show_count,
                key="pack",
                failed=partial(self._failed, panel),
            )

    def _show_count(self, figures: tuple[int, int]) -> None:
        if self.panel is not None and self._running is None:
            self.panel.show_count(*figures)

    def _export(self) -> None:
        panel = self.panel
        if panel is None or self._running is not None:
            return
        target = self._session.chooser.folder(self.tr("Where should the pack go?"))
        if target is None:
            return
        panel.show_running(yes=True)
        self._running = self._session.tasks.aside(
            partial(_work, panel.order(), panel.formats(), target),
            partial(self._done, panel),
            told=partial(self._show_progress, panel),
            failed=partial(self._failed, panel),
            stopped=partial(self._stopped, panel),
        )
        self._running.finished.connect(self._ended)

    # What an export tells may come after its panel was closed, and another one opened.

    def _show_progress(self, panel: PackPanel, steps: list[tuple[int, int]]) -> None:
        if panel is self.panel:
            panel.show_progress(*steps[-1])

    def _done(self, panel: PackPanel, exported: Exported) -> None:
        self._exported = exported
        if panel is self.panel and self._sheet is not None:
            panel.show_exported(exported)
            self._sheet.centre()
        else:
            said = self.tr("The pack is written: {}.")
            self._session.say(said.format(isolate(exported.report.folder.name)))

    def _failed(self, panel: PackPanel, error: ArchivistError) -> None:
        if panel is self.panel:
            panel.show_running(yes=False)
            panel.notice.tell("error", str(error))
        else:
            self._session.say(str(error))

    def _stopped(self, panel: PackPanel) -> None:
        if panel is self.panel:
            panel.show_running(yes=False)
            panel.notice.tell("info", self.tr("Stopped; nothing was written."))
        else:
            self._session.say(self.tr("The export was stopped; nothing was written."))

    def _ended(self) -> None:
        """Once more counted: what was chosen meanwhile says whether there is something to export."""
        self._running = None
        if self.panel is not None:
            self.panel.state.clear()
            self._measure()

    def _stop(self) -> None:
        if self._running is not None:
            self._running.stop()

    def _copy_seal(self) -> None:
        QGuiApplication.clipboard().setText(self._exported.report.seal)
        self._session.say(self.tr("The seal is copied."))

    def _reveal(self) -> None:
        self._session.chooser.reveal(self._exported.report.folder)

    def _close(self) -> None:
        if self._sheet is not None:
            self._sheet.dismiss()

    def _gone(self) -> None:
        """Closed by its button or by Esc: what nobody sees any more does not go on."""
        self._stop()
        self._sheet = None
        self.panel = None


def _work(order: PackOrder, formats: tuple[str, ...], target: Path, archive: Archive, tell: Tell) -> Exported:
    return export_pack(archive, order, formats, target, on_proved=lambda *step: tell(step))

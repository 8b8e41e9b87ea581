"""What happens when files are brought in."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from archivist.archive.archive import Archive
from archivist.model.document import Document
from archivist.model.errors import ArchivistError
from archivist.services.incoming import Source
from archivist.ui.importing.bringing import bring_in, undo_import
from archivist.ui.importing.model import EVERYTHING, RISKS
from archivist.ui.importing.report import save_report
from archivist.ui.importing.run import Begun, FileRow, FoundFile, Run, State
from archivist.ui.importing.view import ImportView
from archivist.ui.library.details_pane import DetailsPane
from archivist.ui.places import DocumentPlace, ImportPlace
from archivist.ui.session import Session
from archivist.ui.tasks import Running, Tell, nothing
from archivist.ui.words import isolate, number, plural, size_words, time_words

Watch = Callable[[str, int, int], object]
"""Told in the status bar: words, done, of how many."""


class ImportPresenter(QObject):
    """Joins the import page to its services; one import at a time."""

    running = Signal(bool)

    def __init__(self, session: Session, *, watch: Watch = nothing) -> None:
        super().__init__()
        self.details = DetailsPane(session)
        self.view = ImportView(self.details)
        self.setParent(self.view)
        self._session = session
        self._watch = watch
        self._run = Run()
        self._running: Running | None = None
        self._is_held = False
        self._sources: list[Path] = []
        self._source = Source()
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._show_progress)
        self._connect()

    @property
    def is_running(self) -> bool:
        return self._running is not None

    def show(self, _: ImportPlace) -> None:
        if self._run.rows or self._running:
            self.view.show_run()
        else:
            self.view.show_start()

    def choose_files(self) -> None:
        if chosen := self._session.chooser.files(self.tr("Import documents")):
            self.take_in(chosen)

    def choose_folder(self) -> None:
        if chosen := self._session.chooser.folder(self.tr("Import a folder")):
            self.take_in([chosen])

    def take_in(self, paths: list[Path]) -> None:
        """Import files and folders, with what was said of their way."""
        if self._running is not None:
            self._session.say(self.tr("An import is under way; drop these again when it is done."))
            return
        self._sources = paths
        self._source = self.view.start.source()
        self.view.start.forget_source()
        self._begin(partial(bring_in, paths, self._source))
        self._session.go(ImportPlace())

    # ---- the run

    def _begin(self, work: Callable[[Archive, Tell], None]) -> None:
        self._run = Run()
        self._started = datetime.now().astimezone()
        self._is_held = False
        page = self.view.run
        page.notice.clear()
        page.chips.choose_all()
        page.show_held(yes=False)
        page.table.files.shown_states = EVERYTHING
        page.table.files.begin(self._run)
        self.view.aside.hide()
        self._running = self._session.tasks.write_long(
            work, told=self._told, failed=self._failed, stopped=self._stopped
        )
        self._running.finished.connect(self._ended)
        self.running.emit(True)
        self._clock.start()
        self.view.show_run()
        self._show_progress()

    def _told(self, values: list[Any]) -> None:
        files = self.view.run.table.files
        now = time.monotonic()
        touched: set[int] = set()
        for value in values:
            if isinstance(value, FoundFile):
                self._run.add(value)
            else:
                at = self._run.begin(value.path) if isinstance(value, Begun) else self._run.end(value, now)
                if at is not None:
                    touched.add(at)
        files.added()
        files.touched(touched)
        self._show_progress()

    def _failed(self, error: ArchivistError) -> None:
        self.view.run.notice.tell("error", str(error), title=self.tr("The import ended early"))

    def _failed_after(self, error: ArchivistError) -> None:
        self.view.run.notice.tell("warning", str(error))

    def _stopped(self) -> None:
        self.view.run.notice.tell(
            "info",
            self.tr("Stopped. What was imported is kept; importing the same folder again goes on from here."),
        )

    def _ended(self) -> None:
        self._running = None
        self._clock.stop()
        self.view.run.table.files.touched(set(self._run.leave()))
        self.running.emit(False)
        self._show_progress()
        self._session.say(self._summary())
        self._watch("", 0, 0)

    # ---- what is shown

    def _show_progress(self) -> None:
        run, page = self._run, self.view.run
        total, done = len(run.rows), run.done
        is_running = self._running is not None
        page.title.setText(self._under_way(total) if is_running else self._summary())
        page.way.setText(self._way())
        page.progress.setRange(0, max(1, total))
        page.progress.setValue(done)
        page.show_figures(self._figures() if is_running else [])
        page.show_buttons(
            is_running=is_running,
            has_failed=bool(run.counts[State.FAILED]),
            can_undo=bool(run.done - run.counts[State.FAILED]) and not is_running,
        )
        counts = {str(state): run.counts[state] for state in State}
        page.chips.count({**counts, EVERYTHING: total, RISKS: run.risky})
        if is_running:
            words = self.tr("Import paused at {} of {}") if self._is_held else self.tr("Importing {} of {}")
            self._watch(words.format(number(done), number(total)), done, max(1, total))

    def _under_way(self, total: int) -> str:
        if self._is_held:
            return self.tr("Import paused")
        return plural(total, self.tr("Importing 1 file"), self.tr("Importing {} files"))

    def _figures(self) -> list[tuple[str, str]]:
        run, now = self._run, time.monotonic()
        speed, left = (0.0, None) if self._is_held else (run.speed(now), run.seconds_left(now))
        figures = [
            (number(run.done), self.tr("of {} files done").format(number(len(run.rows)))),
            (self.tr("{} / s").format(f"{speed:.1f}") if speed else "", self.tr("files, last minute")),
            (time_words(left) if left else "", self.tr("left")),
            (size_words(run.size_done), self.tr("of {} read").format(size_words(run.size))),
        ]
        return [figure for figure in figures if figure[0]]

    def _way(self) -> str:
        names = ", ".join(isolate(path.name) for path in self._sources[:3])
        if len(self._sources) > 3:
            names += " …"
        started = self.tr("started {}").format(f"{self._started:%H:%M}")
        return " · ".join((names, started, self.tr("one step to undo")))

    def _summary(self) -> str:
        counts = self._run.counts
        kept = counts[State.IMPORTED] + counts[State.NO_TEXT] + counts[State.PASSWORD]
        said = [plural(kept, self.tr("Imported 1 file"), self.tr("Imported {} files"))]
        if known := counts[State.DUPLICATE]:
            said.append(plural(known, self.tr("1 was here already"), self.tr("{} were here already")))
        if failed := counts[State.FAILED]:
            said.append(plural(failed, self.tr("1 failed"), self.tr("{} failed")))
        if left := counts[State.NOT_BEGUN]:
            said.append(plural(left, self.tr("1 not begun"), self.tr("{} not begun")))
        return ", ".join(said)

    # ---- what the user does

    def _connect(self) -> None:
        page = self.view.run
        self.view.start.files_wanted.connect(self.choose_files)
        self.view.start.folder_wanted.connect(self.choose_folder)
        self.view.row_opened.connect(self._open)
        self.view.row_chosen.connect(self._show_details)
        self._session.tasks.changed.connect(self._refresh_chosen)
        page.chosen.connect(page.table.files.show_only)
        for button, deed in (
            (page.hold, self._hold),
            (page.stop, self._stop),
            (page.more, self._start_again),
            (page.report, self._save_report),
            (page.undo, self._undo),
            (page.retry, self._retry),
        ):
            button.clicked.connect(lambda *_, deed=deed: deed())

    def _hold(self) -> None:
        if self._running is not None:
            self._is_held = not self._is_held
            self._running.hold(yes=self._is_held)
            self.view.run.show_held(yes=self._is_held)
            self._show_progress()

    def _stop(self) -> None:
        if self._running is not None:
            self._running.stop()

    def _start_again(self) -> None:
        self.view.show_start()

    def _open(self, row: FileRow) -> None:
        if row.document is not None:
            self._session.go(DocumentPlace(row.document.id))

    def _retry(self) -> None:
        failed = [row.file.path for row in self._run.rows if row.state is State.FAILED]
        self._begin(partial(bring_in, failed, self._source))

    def _undo(self) -> None:
        """Take the whole import back: it is the newest deed unless something was done since."""

        def undone(_: object) -> None:
            self._run = Run()
            self.view.run.table.files.begin(self._run)
            self.view.show_start()
            self.view.start.notice.tell(
                "info", self.tr("The import was taken back. Redo (Ctrl+Shift+Z) brings it again.")
            )

        self._session.tasks.write(undo_import, undone, failed=self._failed_after)

    def _save_report(self) -> None:
        target = self._session.chooser.save(self.tr("Save the report"), self.tr("import report.csv"))
        if target is None:
            return
        run, files = self._run, self.view.run.table.files

        def saved(_: None) -> None:
            said = self.tr("The report is at {}. It names the files in plain words.")
            self.view.run.notice.tell("ok", said.format(isolate(target.name)))

        def refused(error: ArchivistError) -> None:
            self.view.run.notice.tell("error", str(error))

        # A hundred thousand lines take a second: not on the window's thread.
        self._session.tasks.read(lambda _: save_report(target, run, files), saved, failed=refused)

    def _show_details(self, row: FileRow | None) -> None:
        """What the file became stands beside the list; one that is no document yet has nothing to show."""
        document = row.document if row else None
        self.details.show_document(document.id if document else None)
        self.view.aside.setVisible(document is not None)

    def _refresh_chosen(self) -> None:
        """It may have been read again, with a password or without."""
        row = self.view.run.table.chosen_row()
        if row is None or row.document is None or self._running is not None:
            return
        document_id = row.document.id
        self._session.tasks.read(
            lambda archive: archive.documents.get(document_id), self._renew, key="import chosen"
        )

    def _renew(self, document: Document | None) -> None:
        if document is None:
            return
        self.view.run.table.files.touched(set(self._run.renew(document)))
        self._show_progress()

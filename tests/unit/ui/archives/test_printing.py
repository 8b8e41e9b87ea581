"""The edge itself: the printer and the file manager of the system, as far as they can be tried here."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from archivist.ui.archives.recovery_sheet import RecoverySheet, paint
from archivist.ui.chooser import Chooser
from archivist.ui.theme import Theme

SHEET = RecoverySheet("Kestrel Point", date(2026, 11, 24), "K7QM-3XWD-90FZ-HT5B-A2NE-8VJC-R6PS-4Y1G")


def test_one_page_is_printed_under_the_name_of_the_program(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert theme is not None
    jobs: list[str] = []

    def agree(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "page.pdf"))
        jobs.append(printer.docName())
        return int(QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", agree)

    assert Chooser().print_page("Recovery sheet", partial(paint, sheet=SHEET))
    written = (tmp_path / "page.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page\n") == 1
    assert jobs == ["Archivist"]


def test_nothing_is_printed_for_who_changed_their_mind(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    assert theme is not None
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: int(QPrintDialog.DialogCode.Rejected))

    assert not Chooser().print_page("Recovery sheet", partial(paint, sheet=SHEET))


def test_a_printer_that_refuses_is_not_taken_for_one_that_printed(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert theme is not None

    def agree(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "nowhere" / "page.pdf"))
        return int(QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", agree)

    assert not Chooser().print_page("Recovery sheet", partial(paint, sheet=SHEET))


def test_a_folder_is_shown_by_the_file_manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[QUrl] = []

    def show(url: QUrl) -> bool:
        shown.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)

    assert Chooser().reveal(tmp_path)
    assert [url.toLocalFile() for url in shown] == [str(tmp_path)]

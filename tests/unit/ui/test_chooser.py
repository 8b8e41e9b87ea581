"""Where the system's dialogs begin, and what they leave behind."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog

from archivist.app import application
from archivist.ui.chooser import Chooser


def test_dialogs_begin_at_home_then_where_the_last_one_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def answer(name: str) -> object:
        def ask(_parent: object, _title: str, folder: str) -> object:
            begun.append(folder)
            path = str(tmp_path / "disclosure" / "letter.pdf")
            return {"files": ([path], ""), "save": (path, ""), "folder": path}[name]

        return staticmethod(ask)

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", answer("files"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer("save"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", answer("folder"))
    chooser = Chooser()

    chooser.files("Import documents")
    chooser.save("Save the report", "report.csv")
    chooser.folder("Import a folder")

    there = tmp_path / "disclosure"
    assert begun == [str(Path.home()), str(there / "report.csv"), str(there)]


def test_a_dialog_that_was_left_moves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def left(_parent: object, _title: str, folder: str) -> str:
        begun.append(folder)
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(left))
    chooser = Chooser()

    assert chooser.folder("Import a folder") is None
    assert chooser.folder("Import a folder") is None
    assert begun == [str(Path.home())] * 2


def test_no_file_dialog_writes_down_which_folders_were_visited() -> None:
    application()
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setHistory(["/home/m/case of the sister"])
    dialog.deleteLater()

    kept = QSettings(QSettings.Scope.UserScope, "QtProject")

    assert not kept.isWritable()
    assert not Path(kept.fileName()).exists()

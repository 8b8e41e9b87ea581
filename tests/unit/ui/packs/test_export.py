"""The export panel: what is chosen is what is written, and what went wrong is said in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from archivist.model.browsing import Counts
from archivist.services.browsing import counts
from archivist.ui.packs.panel import PackPanel
from archivist.ui.packs.presenter import PackPresenter
from archivist.ui.session import Session
from tests.unit.ui.conftest import FakeChooser, Seen


@pytest.fixture
def out(tmp_path: Path, session: Session) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    chooser = session.chooser
    assert isinstance(chooser, FakeChooser)
    chooser.chosen_folder = folder
    return folder


@pytest.fixture
def packs(session: Session, window: QMainWindow, show: Callable[[QWidget], QWidget]) -> PackPresenter:
    show(QWidget())
    return PackPresenter(session, window)


def opened(qtbot: QtBot, packs: PackPresenter) -> PackPanel:
    packs.open()
    panel = packs.panel
    assert panel is not None
    qtbot.waitUntil(lambda: "quotes" in panel.count.text(), timeout=10_000)
    return panel


def written(qtbot: QtBot, panel: PackPanel) -> None:
    qtbot.waitUntil(panel.report.isVisible, timeout=60_000)


def test_nothing_ticked_counts_everything(qtbot: QtBot, packs: PackPresenter) -> None:
    panel = opened(qtbot, packs)

    assert panel.count.text() == "28 quotes from 12 documents"
    assert panel.export.isEnabled()


def test_a_ticked_case_counts_its_own_quotes_only(
    qtbot: QtBot, packs: PackPresenter, ask: Callable[[Callable[..., Counts]], Counts]
) -> None:
    panel = opened(qtbot, packs)
    first = ask(counts).cases[0]

    qtbot.keyClick(panel.cases, Qt.Key.Key_Home)
    qtbot.keyClick(panel.cases, Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: panel.count.text().startswith(f"{first.quotes} quotes"))
    assert panel.order().cases == (first.id,)


def test_a_pack_is_written_and_its_folder_can_be_opened(
    qtbot: QtBot, packs: PackPresenter, out: Path, session: Session
) -> None:
    panel = opened(qtbot, packs)
    panel.pack_title.setText("Three cases")
    panel.export.click()

    written(qtbot, panel)

    folder = next(out.iterdir())
    assert folder.name.startswith("three-cases")
    assert {"brief.html", "brief.docx", "exhibits"} <= {path.name for path in folder.iterdir()}
    panel.report.open_folder.click()
    chooser = session.chooser
    assert isinstance(chooser, FakeChooser)
    assert chooser.revealed == [folder]
    panel.report.copy_seal.click()
    assert len(QGuiApplication.clipboard().text()) == 64


def test_only_the_chosen_format_is_written(qtbot: QtBot, packs: PackPresenter, out: Path) -> None:
    panel = opened(qtbot, packs)
    docx = panel.findChild(QWidget, "format_docx")
    assert docx is not None
    qtbot.keyClick(docx, Qt.Key.Key_Space)

    panel.export.click()
    written(qtbot, panel)

    names = {path.name for path in next(out.iterdir()).iterdir()}
    assert "brief.html" in names
    assert "brief.docx" not in names


def test_a_pack_that_is_there_already_is_told_in_its_place(
    qtbot: QtBot, packs: PackPresenter, out: Path
) -> None:
    panel = opened(qtbot, packs)
    day = panel.day.date().toString("yyyy-MM-dd")
    (out / f"briefing-{day}").mkdir()

    panel.export.click()

    qtbot.waitUntil(lambda: "exists already" in panel.notice.text(), timeout=60_000)
    assert panel.export.isEnabled()


def test_without_a_folder_nothing_happens(qtbot: QtBot, packs: PackPresenter) -> None:
    panel = opened(qtbot, packs)

    panel.export.click()

    assert not panel.progress.isVisible()
    assert panel.notice.text() == ""


def test_an_export_that_is_stopped_writes_nothing(qtbot: QtBot, packs: PackPresenter, out: Path) -> None:
    panel = opened(qtbot, packs)

    panel.export.click()
    panel.stop.click()

    qtbot.waitUntil(lambda: "nothing was written" in panel.notice.text(), timeout=60_000)
    assert list(out.iterdir()) == []


def test_closing_the_panel_stops_its_export_and_the_next_one_is_not_told(
    qtbot: QtBot, packs: PackPresenter, out: Path, seen: Seen
) -> None:
    first = opened(qtbot, packs)
    first.export.click()
    qtbot.waitUntil(lambda: first.state.text() != "", timeout=60_000)

    qtbot.keyClick(first.pack_title, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    second = opened(qtbot, packs)

    qtbot.waitUntil(
        lambda: seen.sentences == ["The export was stopped; nothing was written."], timeout=60_000
    )
    assert second.notice.text() == ""
    assert list(out.iterdir()) == []


def test_without_a_format_it_says_what_is_missing(qtbot: QtBot, packs: PackPresenter) -> None:
    panel = opened(qtbot, packs)

    for name in ("format_html", "format_docx"):
        box = panel.findChild(QWidget, name)
        assert box is not None
        qtbot.keyClick(box, Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: panel.count.text() == "Choose a format.")
    assert not panel.export.isEnabled()


def test_escape_closes_the_panel(qtbot: QtBot, packs: PackPresenter) -> None:
    panel = opened(qtbot, packs)

    qtbot.keyClick(panel.pack_title, Qt.Key.Key_Escape)

    assert packs.panel is None


def test_an_archive_without_quotes_offers_no_export(
    qtbot: QtBot, empty_session: Session, window: QMainWindow, show: Callable[[QWidget], QWidget]
) -> None:
    show(QWidget())
    packs = PackPresenter(empty_session, window)
    packs.open()
    panel = packs.panel
    assert panel is not None

    qtbot.waitUntil(lambda: panel.count.text() == "No quote is chosen.")
    assert not panel.export.isEnabled()

"""Files brought in through the page: what is shown of each, and what can be done about it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archivist.model.errors import StorageFull
from archivist.services.organising import add_tag
from archivist.ui.importing import bringing as module
from archivist.ui.importing.presenter import ImportPresenter
from archivist.ui.importing.run import State
from archivist.ui.importing.view import ImportView
from archivist.ui.places import DocumentPlace, ImportPlace
from archivist.ui.session import Session
from tests.unit.ui.conftest import FakeChooser, Seen


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "disclosure"
    (folder / "letters").mkdir(parents=True)
    (folder / "one.txt").write_text("He was taken from his house on 3 February.", "utf-8")
    (folder / "letters" / "two.txt").write_text("The register has no page for that day.", "utf-8")
    (folder / "again.txt").write_text("He was taken from his house on 3 February.", "utf-8")
    (folder / "picture.bin").write_bytes(bytes(range(256)))
    return folder


@pytest.fixture
def importing(empty_session: Session, show: Callable[[ImportView], ImportView]) -> ImportPresenter:
    made = ImportPresenter(empty_session)
    show(made.view)
    made.show(ImportPlace())
    return made


def finished(qtbot: QtBot, importing: ImportPresenter) -> None:
    qtbot.waitUntil(lambda: not importing.is_running, timeout=30_000)


def states(importing: ImportPresenter) -> dict[str, State]:
    return {row.name: row.state for row in importing.view.run.table.files.run.rows}


def test_every_file_is_told_with_what_became_of_it(
    qtbot: QtBot, importing: ImportPresenter, files: Path, seen: Seen
) -> None:
    importing.take_in([files])

    finished(qtbot, importing)
    assert states(importing) == {
        "again.txt": State.IMPORTED,
        "one.txt": State.DUPLICATE,
        "two.txt": State.IMPORTED,
        "picture.bin": State.NO_TEXT,
    }
    assert importing.view.run.title.text() == "Imported 3 files, 1 was here already"
    assert seen.places == [ImportPlace()]


def test_the_way_of_the_files_goes_with_them(
    qtbot: QtBot, importing: ImportPresenter, files: Path, empty_session: Session
) -> None:
    importing.view.start.received_from.setText(" Counsel for K-12 ")
    importing.take_in([files / "one.txt"])
    finished(qtbot, importing)

    said: list[str] = []
    empty_session.tasks.read(
        lambda archive: [
            provenance.received_from
            for document in archive.documents.all()
            for provenance in archive.documents.provenances(document.id)
        ],
        said.extend,
    )

    qtbot.waitUntil(lambda: said == ["Counsel for K-12"])


def test_the_way_of_one_import_is_not_that_of_the_next(
    qtbot: QtBot, importing: ImportPresenter, files: Path, empty_session: Session
) -> None:
    importing.view.start.received_from.setText("Counsel for K-12")
    importing.take_in([files / "one.txt"])
    finished(qtbot, importing)

    importing.take_in([files / "letters" / "two.txt"])
    finished(qtbot, importing)

    said: dict[str, str] = {}
    empty_session.tasks.read(
        lambda archive: {
            document.file_name: archive.documents.provenances(document.id)[0].received_from
            for document in archive.documents.all()
        },
        said.update,
    )
    qtbot.waitUntil(lambda: said == {"one.txt": "Counsel for K-12", "two.txt": ""})


def test_a_chip_shows_only_files_of_its_state(qtbot: QtBot, importing: ImportPresenter, files: Path) -> None:
    importing.take_in([files])
    finished(qtbot, importing)

    importing.view.run.chosen.emit(str(State.DUPLICATE))

    table = importing.view.run.table.files
    assert [table.index(at, 0).data() for at in range(table.rowCount())] == ["one.txt"]


def test_enter_opens_what_a_file_became(
    qtbot: QtBot, importing: ImportPresenter, files: Path, seen: Seen
) -> None:
    importing.take_in([files / "one.txt"])
    finished(qtbot, importing)
    table = importing.view.run.table
    table.setCurrentIndex(table.files.index(0, 0))

    qtbot.keyClick(table, Qt.Key.Key_Return)

    assert isinstance(seen.places[-1], DocumentPlace)


def test_what_a_chosen_file_became_is_told_beside_the_list(
    qtbot: QtBot, importing: ImportPresenter, files: Path
) -> None:
    importing.take_in([files / "one.txt", files / "none.txt"])
    finished(qtbot, importing)
    table = importing.view.run.table

    table.setCurrentIndex(table.files.index(0, 0))

    qtbot.waitUntil(importing.details.view.isVisible)
    table.setCurrentIndex(table.files.index(1, 0))
    assert not importing.details.isVisible()


def test_a_file_that_is_not_there_fails_and_can_be_tried_again(
    qtbot: QtBot, importing: ImportPresenter, files: Path
) -> None:
    missing = files / "late.txt"
    importing.take_in([missing])
    finished(qtbot, importing)
    assert states(importing) == {"late.txt": State.FAILED}
    assert "late.txt" in importing.view.run.table.files.run.rows[0].error

    missing.write_text("It came late.", "utf-8")
    importing.view.run.retry.click()

    qtbot.waitUntil(lambda: states(importing) == {"late.txt": State.IMPORTED}, timeout=30_000)
    finished(qtbot, importing)


def test_stopping_keeps_what_was_imported_and_says_so(
    qtbot: QtBot, importing: ImportPresenter, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(f"Page {number} of the register.", "utf-8")
    importing.take_in([folder])
    qtbot.waitUntil(lambda: importing.view.run.table.files.run.done > 3, timeout=30_000)

    importing.view.run.stop.click()

    finished(qtbot, importing)
    assert "Stopped" in importing.view.run.notice.text()
    assert 3 < importing.view.run.table.files.run.done < 300
    assert "not begun" in importing.view.run.title.text()
    assert not {State.WAITING, State.READING} & set(states(importing).values())
    assert importing.view.run.notice.height() < 80  # a line, not the room that the table needs


def test_an_import_rests_while_it_is_held(qtbot: QtBot, importing: ImportPresenter, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(f"Page {number} of the register.", "utf-8")
    importing.take_in([folder])
    run = importing.view.run
    qtbot.waitUntil(lambda: run.table.files.run.done > 0, timeout=30_000)

    run.hold.click()
    qtbot.wait(300)
    held_at = run.table.files.run.done
    qtbot.wait(300)

    assert run.table.files.run.done == held_at
    assert run.hold.text() == "Go on"
    assert run.title.text() == "Import paused"
    run.hold.click()
    finished(qtbot, importing)
    assert run.table.files.run.done == 60


def test_the_whole_import_is_taken_back_as_one(
    qtbot: QtBot, importing: ImportPresenter, files: Path, empty_session: Session
) -> None:
    importing.take_in([files])
    finished(qtbot, importing)

    importing.view.run.undo.click()

    qtbot.waitUntil(lambda: "taken back" in importing.view.start.notice.text())
    left: list[int] = []
    empty_session.tasks.read(lambda archive: len(archive.documents.all()), left.append)
    qtbot.waitUntil(lambda: left == [0])


def test_what_was_done_since_is_not_taken_back_with_it(
    qtbot: QtBot, importing: ImportPresenter, files: Path, empty_session: Session
) -> None:
    importing.take_in([files])
    finished(qtbot, importing)
    with qtbot.waitSignal(empty_session.tasks.changed):
        empty_session.tasks.write(lambda archive: add_tag(archive, "torture"))

    importing.view.run.undo.click()

    qtbot.waitUntil(lambda: "step by step" in importing.view.run.notice.text())


def test_the_report_names_every_file_and_is_harmless_in_a_spreadsheet(
    qtbot: QtBot, importing: ImportPresenter, files: Path, empty_session: Session
) -> None:
    (files / "=HYPERLINK(1).txt").write_text("A formula for a name.", "utf-8")
    importing.take_in([files])
    finished(qtbot, importing)
    chooser = empty_session.chooser
    assert isinstance(chooser, FakeChooser)
    chooser.chosen_place = files / "report.csv"

    importing.view.run.report.click()

    qtbot.waitUntil(lambda: "report.csv" in importing.view.run.notice.text())
    written = (files / "report.csv").read_text("utf-8-sig")
    assert written.count("\n") == 6
    assert "'=HYPERLINK(1).txt" in written


def test_a_report_never_overwrites(
    qtbot: QtBot, importing: ImportPresenter, files: Path, empty_session: Session
) -> None:
    importing.take_in([files / "one.txt"])
    finished(qtbot, importing)
    chooser = empty_session.chooser
    assert isinstance(chooser, FakeChooser)
    chooser.chosen_place = files / "one.txt"

    importing.view.run.report.click()

    qtbot.waitUntil(lambda: "could not be written" in importing.view.run.notice.text())
    assert "3 February" in (files / "one.txt").read_text("utf-8")


def test_a_second_import_waits_to_be_dropped_again(
    qtbot: QtBot, importing: ImportPresenter, files: Path, seen: Seen
) -> None:
    importing.take_in([files])

    importing.take_in([files])

    assert "under way" in seen.sentences[0]
    finished(qtbot, importing)


def test_a_full_disk_is_told_and_what_was_kept_stays(
    qtbot: QtBot, importing: ImportPresenter, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageFull

    monkeypatch.setattr(module, "import_files", full)

    importing.take_in([files])

    finished(qtbot, importing)
    assert "disk is full" in importing.view.run.notice.text()

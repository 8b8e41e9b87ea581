from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from archivist.model.errors import NotDone
from archivist.model.history import Finding
from archivist.services.verifying import verify
from archivist.ui.archives import verify_presenter
from archivist.ui.archives.findings import FindingModel
from archivist.ui.archives.report import OF_ARCHIVE, OF_PACK, Group, Report, group_words, help_for, message_of
from archivist.ui.archives.verify import VerifyPage
from archivist.ui.archives.verify_presenter import VerifyPresenter
from archivist.ui.places import DocumentPlace, VerifyPlace
from archivist.ui.session import Session
from archivist.ui.theme import Theme
from tests.unit.ui.conftest import FakeChooser, Seen, Show

FINE = Finding("ok", "original", "d1", "“Report” is unaltered.")
BROKEN = Finding("error", "original", "d2", "“Letter”: The original 12ab is missing; restore it.")
ORPHAN = Finding("warning", "orphan", "o1", "A kept file belongs to no document.")
SEAL = Finding("ok", "seal", "ab12", "The pack is whole. Ask its sender whether its seal is ab12.")
ROW = Finding("error", "quotes", "q7", "It was changed outside of history: note.")


@pytest.fixture
def verifying(session: Session, sample: Path, show: Show) -> VerifyPresenter:
    """The page in a window, on the sample archive."""
    presenter = VerifyPresenter(session, sample)
    show(presenter.page)
    return presenter


def ends(qtbot: QtBot, page: VerifyPage) -> Report:
    qtbot.waitUntil(lambda: page.report is not None and page.again.isEnabled(), timeout=30_000)
    assert page.report is not None
    return page.report


def pretend(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    monkeypatch.setattr(verify_presenter, "verify", lambda _: iter(findings))


def rows(page: VerifyPage) -> list[str]:
    model = page.findings.findings
    return [model.index(at).data(Qt.ItemDataRole.DisplayRole) for at in range(model.rowCount())]


# --- the page


def test_before_the_first_time_it_says_what_is_proved(verifying: VerifyPresenter) -> None:
    page = verifying.page

    assert "fingerprint" in page.empty_words()
    assert not page.save.isEnabled()


def test_an_untouched_archive_is_as_it_was(
    verifying: VerifyPresenter, session: Session, seen: Seen, qtbot: QtBot
) -> None:
    session.actions.get("archive.verify").trigger()
    assert seen.places == [VerifyPlace()]
    report = ends(qtbot, verifying.page)

    assert verifying.page.headline() == "Everything is as it was."
    assert report.count("ok", Group.ORIGINALS) == 12
    assert report.count("ok", Group.QUOTES) > 0
    assert rows(verifying.page) == []
    assert seen.sentences == ["Everything is as it was."]


def test_coming_back_to_the_page_does_not_begin_again(
    verifying: VerifyPresenter, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    pretend(monkeypatch, FINE)
    verifying.begin()
    report = ends(qtbot, verifying.page)

    verifying.begin()

    assert verifying.page.report is report


def test_what_is_wrong_stands_first_and_says_what_helps(
    verifying: VerifyPresenter, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    pretend(monkeypatch, FINE, BROKEN, ROW, ORPHAN)
    verifying.verify()
    ends(qtbot, verifying.page)

    assert verifying.page.headline() == "2 things were altered or damaged."
    assert rows(verifying.page) == [BROKEN.message, f"quotes q7: {ROW.message}", ORPHAN.message]
    shown = verifying.page.findings.findings.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Restore a backup beside" in shown


def test_all_is_shown_on_request(
    verifying: VerifyPresenter, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    pretend(monkeypatch, FINE, ORPHAN)
    verifying.verify()
    ends(qtbot, verifying.page)
    verifying.page.everything.click()
    assert rows(verifying.page) == [ORPHAN.message, FINE.message]

    verifying.page.everything.click()

    assert rows(verifying.page) == [ORPHAN.message]
    assert verifying.page.headline() == "Nothing was altered; 1 thing wants a look."


def test_it_can_be_stopped_and_says_so(
    verifying: VerifyPresenter, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def endless(_: object) -> Iterator[Finding]:
        while True:
            yield FINE

    monkeypatch.setattr(verify_presenter, "verify", endless)
    verifying.verify()
    qtbot.waitUntil(lambda: bool(verifying.page.report and verifying.page.report.findings))
    assert not verifying.page.again.isEnabled()
    assert verifying.page.headline() == "Nothing altered so far."
    verifying.verify()
    verifying.check_pack()
    verifying.page.work.stop.click()
    report = ends(qtbot, verifying.page)

    assert not report.is_complete
    assert "not everything was looked at" in verifying.page.sub_words()


def test_a_failure_is_told_in_place(
    verifying: VerifyPresenter, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def refused(_: object) -> Iterator[Finding]:
        raise NotDone("The drive went away.")

    monkeypatch.setattr(verify_presenter, "verify", refused)
    verifying.verify()
    ends(qtbot, verifying.page)

    assert verifying.page.notice.text() == "The drive went away."


def test_a_finding_leads_to_its_document(
    verifying: VerifyPresenter, session: Session, seen: Seen, qtbot: QtBot
) -> None:
    findings: list[list[Finding]] = []
    session.tasks.read(lambda archive: list(verify(archive)), findings.append)
    qtbot.waitUntil(lambda: bool(findings), timeout=20_000)
    original = next(finding for finding in findings[0] if finding.what == "original")
    quote = next(finding for finding in findings[0] if finding.what == "quote")

    verifying.page.finding_opened.emit(original)
    verifying.page.finding_opened.emit(quote)
    verifying.page.finding_opened.emit(ORPHAN)
    qtbot.waitUntil(lambda: len(seen.places) == 2, timeout=10_000)

    first, second = seen.places
    assert isinstance(first, DocumentPlace)
    assert first.document_id == original.id
    assert isinstance(second, DocumentPlace)
    assert second.quote_id == quote.id


def test_enter_opens_the_finding_that_is_chosen(
    verifying: VerifyPresenter, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    pretend(monkeypatch, BROKEN, ORPHAN)
    verifying.verify()
    ends(qtbot, verifying.page)
    shown = verifying.page.findings
    shown.setCurrentIndex(shown.findings.index(0))

    with qtbot.waitSignal(verifying.page.finding_opened) as opened:
        QTest.keyClick(shown, Qt.Key.Key_Return)

    assert opened.args == [BROKEN]


# --- packs


def test_a_received_pack_is_checked_without_the_archive(
    verifying: VerifyPresenter,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    assert isinstance(session.chooser, FakeChooser)
    session.chooser.chosen_folder = tmp_path
    monkeypatch.setattr(verify_presenter, "check_pack", lambda _: iter([SEAL]))
    session.actions.get("pack.check").trigger()
    report = ends(qtbot, verifying.page)

    assert report.is_of_pack
    assert verifying.page.headline() == "The pack is whole and unchanged."
    assert rows(verifying.page) == [SEAL.message], "the seal is for the user to compare"


def test_a_folder_that_is_no_pack_is_a_finding(
    verifying: VerifyPresenter, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    assert isinstance(session.chooser, FakeChooser)
    session.chooser.chosen_folder = tmp_path / "sample"
    verifying.page.pack.click()
    ends(qtbot, verifying.page)

    assert "no whole pack" in rows(verifying.page)[0]


def test_without_a_folder_nothing_is_checked(verifying: VerifyPresenter) -> None:
    verifying.page.pack.click()

    assert verifying.page.report is None


# --- the report as a file


def test_the_report_is_saved_as_a_private_file(
    verifying: VerifyPresenter,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    pretend(monkeypatch, FINE, BROKEN)
    verifying.verify()
    ends(qtbot, verifying.page)
    assert isinstance(session.chooser, FakeChooser)
    session.chooser.chosen_place = tmp_path / "report.txt"
    verifying.page.save.click()
    qtbot.waitUntil(lambda: bool(verifying.page.notice.text()))

    text = (tmp_path / "report.txt").read_text("utf-8")
    assert text.startswith("Verification of Sample.archivist")
    assert text.index(BROKEN.message) < text.index(FINE.message)
    assert "not encrypted" in verifying.page.notice.text()
    assert (tmp_path / "report.txt").stat().st_mode & 0o777 == 0o600


def test_a_report_is_not_saved_over_something(
    verifying: VerifyPresenter,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    pretend(monkeypatch, FINE)
    verifying.save_report()
    verifying.verify()
    ends(qtbot, verifying.page)
    verifying.page.save.click()
    assert isinstance(session.chooser, FakeChooser)
    session.chooser.chosen_place = tmp_path / "report.txt"
    session.chooser.chosen_place.write_text("mine", "utf-8")
    verifying.page.save.click()
    qtbot.waitUntil(lambda: bool(verifying.page.notice.text()))

    assert "exists already" in verifying.page.notice.text()


def test_a_stopped_report_says_that_it_is_not_whole(theme: Theme) -> None:
    assert theme is not None
    report = Report(OF_ARCHIVE, datetime(2026, 11, 24, tzinfo=UTC))
    report.add([FINE])

    assert "stopped before" in report.as_text("Coast", datetime(2026, 11, 24, tzinfo=UTC))


def test_a_pack_that_was_altered_has_a_headline_of_its_own() -> None:
    report = Report(OF_PACK, datetime.now(UTC), is_complete=True)
    report.add([Finding("error", "file", "brief.pdf", "“brief.pdf” was changed after the pack was made.")])

    assert report.headline() == "1 thing was altered or damaged."
    assert report.level == "error"


@pytest.mark.parametrize("what", ["original", "text", "quote", "history", "database", "quote_tags", "file"])
def test_every_kind_of_damage_says_what_helps(what: str) -> None:
    finding = Finding("error", what, "1", "It was altered.")

    assert help_for(finding)
    assert "It was altered." in message_of(finding)


def test_every_group_has_a_name_and_an_icon() -> None:
    assert all(all(group_words(group)) for group in Group)


# --- the list


@pytest.mark.usefixtures("theme")
def test_the_list_keeps_the_rules_of_its_kind(window: QMainWindow) -> None:
    model = FindingModel()
    model.setParent(window)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for everything in (False, True):
        model.begin()
        model.add([FINE, BROKEN])
        model.show_everything(everything)
        model.add([ORPHAN, FINE])

    assert tester.model() is model
    assert model.rowCount() == 4
    assert model.rowCount(model.index(0)) == 0
    assert model.finding_at(QModelIndex()) is None

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from archivist.archive.archive import Archive
from archivist.model.browsing import DocumentDetails
from archivist.model.document import Document, Field
from archivist.model.errors import WrongPassword
from archivist.model.ids import DocumentId, new_id
from archivist.services.browsing import document_details
from archivist.services.importing import PASSWORD_NEEDED
from archivist.services.naming import find_document
from archivist.services.organising import delete_documents, edit_document
from archivist.ui.library import details_pane
from archivist.ui.library.details_pane import DetailsPane
from archivist.ui.library.details_parts import Pill
from archivist.ui.library.details_words import warning_title
from archivist.ui.places import CasePlace, QuotesPlace
from archivist.ui.session import Session
from archivist.ui.widgets.notice import EmptyState, Notice
from tests.unit.ui.conftest import Seen

Ask = Callable[[Callable[[Archive], Any]], Any]
Show = Callable[[QWidget], QWidget]
STORY = "news-nine-years.html"


@pytest.fixture
def pane(session: Session, show: Show) -> DetailsPane:
    made = DetailsPane(session)
    show(made)
    return made


@pytest.fixture
def story(ask: Ask) -> Document:
    found = ask(lambda archive: find_document(archive, STORY))
    assert isinstance(found, Document)
    return found


@pytest.fixture
def shown(qtbot: QtBot, pane: DetailsPane, story: Document) -> DetailsPane:
    with qtbot.waitSignal(pane.shown):
        pane.show_document(story.id)
    return pane


def words(pane: DetailsPane) -> str:
    return "\n".join(label.text() for label in pane.findChildren(QLabel) if label.isVisible())


def details(ask: Ask, document_id: DocumentId) -> DocumentDetails:
    found = ask(lambda archive: document_details(archive, document_id))
    assert isinstance(found, DocumentDetails)
    return found


def line(pane: DetailsPane, field: Field) -> QLineEdit:
    found = pane.view.fields[field].input
    assert isinstance(found, QLineEdit)
    return found


def type_into(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_tells_what_is_known_of_a_document(shown: DetailsPane, story: Document) -> None:
    told = words(shown)

    assert shown.view.title.input.value() == story.title
    assert line(shown, Field.PUBLISHER).text() == "The Ostrey Courier"
    assert line(shown, Field.DATE).text() == "2025-04-23"
    assert shown.view.fields[Field.LANGUAGE].hint.text() == "English"
    assert "Web page, 5.2 KB" in told
    assert "2 quotes" in told
    assert "sample documents of Archivist" in told
    fingerprint = shown.view.findChild(QLabel, "details_fingerprint")
    assert isinstance(fingerprint, QLabel)
    assert fingerprint.text().replace(" ", "") == story.sha256


def test_says_the_folder_of_a_file_and_not_its_whole_path(shown: DetailsPane) -> None:
    told = words(shown).replace("\u2068", "").replace("\u2069", "").split("\n")

    assert "documents" in told
    assert not any("/" in one and "https" not in one for one in told)


def test_the_fingerprint_can_be_copied(shown: DetailsPane, story: Document) -> None:
    copy = shown.view.findChild(QToolButton, "copy_fingerprint")
    assert isinstance(copy, QToolButton)

    copy.click()

    assert QGuiApplication.clipboard().text() == story.sha256


def test_a_value_is_kept_by_enter_and_the_files_word_stays_in_sight(
    qtbot: QtBot, shown: DetailsPane, story: Document, ask: Ask
) -> None:
    publisher = line(shown, Field.PUBLISHER)
    type_into(publisher, "Ostrey Courier Ltd.")

    QTest.keyClick(publisher, Qt.Key.Key_Return)

    hint = shown.view.fields[Field.PUBLISHER].hint
    qtbot.waitUntil(lambda: "The file says" in hint.text())
    assert "The Ostrey Courier" in hint.text()
    said = [m.value for m in details(ask, story.id).metadata if (m.field, m.origin) == ("publisher", "user")]
    assert said == ["Ostrey Courier Ltd."]


def test_leaving_keeps_a_value_too(qtbot: QtBot, shown: DetailsPane, story: Document, ask: Ask) -> None:
    type_into(line(shown, Field.AUTHOR), "M. Solane")

    line(shown, Field.DATE).setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.waitUntil(lambda: "M. Solane" in [metadatum.value for metadatum in details(ask, story.id).metadata])


def test_emptying_a_field_brings_the_files_word_back(qtbot: QtBot, shown: DetailsPane) -> None:
    publisher = line(shown, Field.PUBLISHER)
    type_into(publisher, "Mine")
    QTest.keyClick(publisher, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "The file says" in shown.view.fields[Field.PUBLISHER].hint.text())

    publisher.clear()
    QTest.keyClick(publisher, Qt.Key.Key_Return)
    shown.setFocus()

    qtbot.waitUntil(lambda: publisher.text() == "The Ostrey Courier")
    assert not shown.view.fields[Field.PUBLISHER].hint.isVisible()


def test_escape_takes_back_what_was_typed(shown: DetailsPane) -> None:
    publisher = line(shown, Field.PUBLISHER)
    type_into(publisher, "Mist")

    QTest.keyClick(publisher, Qt.Key.Key_Escape)

    assert publisher.text() == "The Ostrey Courier"


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        (Field.DATE, "last spring", "is not a date like 2024"),
        (Field.LANGUAGE, "English", "is not the code of a language"),
    ],
)
def test_a_wrong_value_is_explained_below_its_field_and_stays_to_be_mended(
    qtbot: QtBot, shown: DetailsPane, field: Field, wrong: str, sentence: str
) -> None:
    type_into(line(shown, field), wrong)

    QTest.keyClick(line(shown, field), Qt.Key.Key_Return)

    error = shown.view.fields[field].error
    qtbot.waitUntil(lambda: sentence in error.text())
    assert error.isVisible()
    assert line(shown, field).text() == wrong
    shown.view.fields[field].keep()  # leaving with the same words asks nothing again
    QTest.keyClick(line(shown, field), Qt.Key.Key_Escape)
    assert not error.isVisible()


def test_a_wrong_value_that_was_mended_is_right(
    qtbot: QtBot, shown: DetailsPane, story: Document, ask: Ask
) -> None:
    date = line(shown, Field.DATE)
    type_into(date, "31 Feb")
    QTest.keyClick(date, Qt.Key.Key_Return)
    error = shown.view.fields[Field.DATE].error
    qtbot.waitUntil(error.isVisible)

    type_into(date, "2024-05")
    QTest.keyClick(date, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: not error.isVisible())
    assert "2024-05" in [metadatum.value for metadatum in details(ask, story.id).metadata]
    QTest.keyClick(date, Qt.Key.Key_Escape)
    assert date.text() == "2024-05"


def test_a_change_elsewhere_does_not_disturb_what_is_being_typed(
    qtbot: QtBot, shown: DetailsPane, story: Document, session: Session
) -> None:
    type_into(line(shown, Field.PUBLISHER), "Half a wo")

    with qtbot.waitSignal(shown.shown):
        session.tasks.write(lambda archive: edit_document(archive, story, title="Renamed elsewhere"))

    assert line(shown, Field.PUBLISHER).text() == "Half a wo"
    assert shown.view.title.input.value() == "Renamed elsewhere"
    assert shown.view.title.hint.isVisible()


def test_the_title_is_edited_in_place(qtbot: QtBot, shown: DetailsPane, story: Document, ask: Ask) -> None:
    title: Any = shown.view.title.input
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "Nine years")

    QTest.keyClick(title, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: details(ask, story.id).document.title == "Nine years")


def test_a_title_of_nothing_is_refused_below_it(qtbot: QtBot, shown: DetailsPane) -> None:
    title: Any = shown.view.title.input
    title.setFocus()
    title.selectAll()
    QTest.keyClick(title, Qt.Key.Key_Space)

    QTest.keyClick(title, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "needs a name" in shown.view.title.error.text())
    QTest.keyClick(title, Qt.Key.Key_Escape)
    assert shown.view.title.error.text() == ""


def test_words_that_were_typed_are_kept_when_another_document_comes(
    qtbot: QtBot, shown: DetailsPane, story: Document, ask: Ask
) -> None:
    other = ask(lambda archive: find_document(archive, "chronology.md"))
    type_into(line(shown, Field.AUTHOR), "Typed, not entered")

    with qtbot.waitSignal(shown.shown):
        shown.show_document(other.id)

    assert line(shown, Field.AUTHOR).text() == ""
    qtbot.waitUntil(
        lambda: "Typed, not entered" in [metadatum.value for metadatum in details(ask, story.id).metadata]
    )


def test_a_refusal_for_a_document_that_is_gone_from_sight_is_told_in_the_status_line(
    qtbot: QtBot, shown: DetailsPane, seen: Seen
) -> None:
    type_into(line(shown, Field.DATE), "nonsense")

    shown.show_document(None)

    qtbot.waitUntil(lambda: any("is not a date" in sentence for sentence in seen.sentences))


def test_tags_and_cases_lead_on(shown: DetailsPane, seen: Seen) -> None:
    shown.view.findChildren(Pill)[0].click()
    case = next(b for b in shown.view.findChildren(QPushButton) if "Marrek" in b.text())
    case.click()

    assert [type(place) for place in seen.places] == [QuotesPlace, CasePlace]


def test_several_are_counted_and_none_says_what_to_do(shown: DetailsPane) -> None:
    shown.show_documents([DocumentId("a"), DocumentId("b"), DocumentId("c")])
    assert "3 documents selected" in words(shown)

    shown.show_document(None)

    assert "Select a document" in words(shown)


def test_a_document_that_is_gone_says_so(qtbot: QtBot, pane: DetailsPane) -> None:
    pane.show_document(DocumentId("nothing"))

    empty = pane.findChild(EmptyState)
    assert isinstance(empty, EmptyState)
    qtbot.waitUntil(lambda: "There is no document" in empty.words())


def test_one_in_the_bin_offers_the_way_back(
    qtbot: QtBot, shown: DetailsPane, story: Document, session: Session, ask: Ask
) -> None:
    with qtbot.waitSignal(shown.shown):
        session.tasks.write(lambda archive: delete_documents(archive, [story]))
    qtbot.waitUntil(lambda: "in the bin" in words(shown))

    next(b for b in shown.view.findChildren(QPushButton) if b.text() == "Restore").click()

    qtbot.waitUntil(lambda: not details(ask, story.id).document.deleted)


# ---- documents without text


def keep_unread(archive: Archive) -> Document:
    """A file that gave no text."""
    kept = replace(
        archive.documents.all()[0],
        id=DocumentId(new_id()),
        sha256="cd" * 32,
        title="Broken",
        text_id=None,
        warnings=("No text: the file is damaged, or not what its name says.",),
    )
    with archive.deed("import", {"document": kept.id}):
        archive.documents.put(kept)
    return kept


@pytest.fixture
def broken(qtbot: QtBot, session: Session, pane: DetailsPane) -> Document:
    """Shown in the pane."""
    done: list[Document] = []
    session.tasks.write(keep_unread, done.append)
    qtbot.waitUntil(lambda: bool(done))
    with qtbot.waitSignal(pane.shown):
        pane.show_document(done[0].id)
    return done[0]


def retry(pane: DetailsPane) -> QPushButton:
    button = pane.view.findChild(QPushButton, "details_retry")
    assert isinstance(button, QPushButton)
    return button


def test_without_text_it_says_why_and_can_be_tried_again(
    qtbot: QtBot, pane: DetailsPane, broken: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(details_pane, "read_again", lambda *_, **__: broken)
    assert any("damaged" in notice.text() for notice in pane.view.findChildren(Notice))

    retry(pane).click()

    assert not retry(pane).isEnabled()
    qtbot.waitUntil(retry(pane).isEnabled)
    assert words(pane).count("the file is damaged") == 2


@pytest.mark.usefixtures("broken")
def test_text_that_is_there_now_is_told(
    qtbot: QtBot, pane: DetailsPane, story: Document, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(details_pane, "read_again", lambda *_, **__: story)

    retry(pane).click()

    qtbot.waitUntil(lambda: any("can be searched" in sentence for sentence in seen.sentences))


def test_reading_again_that_fails_says_why(qtbot: QtBot, pane: DetailsPane, broken: Document) -> None:
    assert broken.text_id is None

    retry(pane).click()  # its original is nowhere

    qtbot.waitUntil(lambda: "restore it from a backup" in words(pane))
    assert retry(pane).isEnabled()


@pytest.fixture
def locked(qtbot: QtBot, pane: DetailsPane, session: Session, monkeypatch: pytest.MonkeyPatch) -> DetailsPane:
    """A document whose file wants a password, as far as the pane can tell."""
    monkeypatch.setattr("archivist.ui.library.details_view.needs_password", lambda _: True)
    done: list[Document] = []
    session.tasks.write(keep_unread, done.append)
    qtbot.waitUntil(lambda: bool(done))
    with qtbot.waitSignal(pane.shown):
        pane.show_document(done[0].id)
    return pane


def test_a_password_is_used_and_forgotten(
    qtbot: QtBot, locked: DetailsPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def refuse(_: Archive, document: Document, *, password: str) -> Document:
        given.append(password)
        raise WrongPassword(document.title)

    monkeypatch.setattr(details_pane, "read_again", refuse)
    field = locked.view.findChild(QLineEdit, "details_password")
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.waitUntil(lambda: "kept nowhere" in words(locked))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert retry(locked).isEnabled()

    QTest.keyClicks(field, "open sesame")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert field.text() == ""
    qtbot.waitUntil(lambda: "does not open" in words(locked))
    assert given == ["open sesame"]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (PASSWORD_NEEDED, "Password needed"),
        ("No text: there are no words in this file.", "No text"),
        ("The original contains macros; do not allow them in Word.", "Macros"),
        ("The original contains scripts; be careful with it outside Archivist.", "Active content"),
        ("Tracked deletions, whose words are not in the text: 3.", "Tracked changes"),
        ("Something that nobody foresaw.", "Please note"),
    ],
)
def test_a_warning_has_a_name(sentence: str, title: str) -> None:
    assert warning_title(sentence) == title


def test_out_of_sight_it_waits_with_reading(
    qtbot: QtBot, shown: DetailsPane, story: Document, session: Session
) -> None:
    shown.hide()
    with qtbot.waitSignal(session.tasks.changed):
        session.tasks.write(lambda archive: edit_document(archive, story, title="Renamed"))
    assert shown.view.title.input.value() == story.title

    with qtbot.waitSignal(shown.shown):
        shown.show()

    assert shown.view.title.input.value() == "Renamed"


def test_deeds_stand_in_the_foot(qtbot: QtBot, session: Session, show: Show, story: Document) -> None:
    done: list[str] = []
    deeds = [session.actions.add(f"test.{name}", name, partial(done.append, name)) for name in "ab"]
    made = DetailsPane(session, deeds)
    show(made)
    with qtbot.waitSignal(made.shown):
        made.show_document(story.id)

    main = made.findChild(QPushButton, "foot_test.b")
    assert isinstance(main, QPushButton)
    main.click()

    assert done == ["b"]
    session.actions.enable("test.b", when=False)
    assert not main.isEnabled()

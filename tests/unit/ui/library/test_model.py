import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archivist.model.ids import DocumentId
from archivist.ui.library.columns import COLUMNS
from archivist.ui.library.model import KEPT, PAGE, ROW, LibraryModel
from tests.unit.ui.library.rows import Source, ids, made_row


@pytest.fixture
def model() -> LibraryModel:
    return LibraryModel()


@pytest.fixture
def source(model: LibraryModel) -> Source:
    return Source(model)


def test_knows_how_many_there_are_before_any_row_is_here(model: LibraryModel) -> None:
    model.show_ids(ids(100_000))

    assert model.rowCount() == 100_000
    assert model.data(model.index(99_999, 0)) == "Loading"
    assert model.data(model.index(99_999, 0), ROW) is None


def test_fetches_the_page_of_a_row_that_comes_into_sight(
    qtbot: QtBot, model: LibraryModel, source: Source
) -> None:
    model.show_ids(ids(1000))
    model.row(450)

    qtbot.waitUntil(lambda: model.row(450) is not None)

    assert [list(asked) for asked in source.questions] == [ids(PAGE, begin=400)]
    assert model.data(model.index(450, 0)) == "Title of document-000450"


def test_of_pages_that_rush_by_only_the_last_ones_are_fetched(
    qtbot: QtBot, model: LibraryModel, source: Source
) -> None:
    model.show_ids(ids(100 * PAGE))
    for page in range(100):
        model.row(page * PAGE)

    qtbot.waitUntil(lambda: len(source.questions) == 3)

    assert [asked[0] for asked in source.questions] == [ids(1, begin=page * PAGE)[0] for page in (99, 98, 97)]


def test_asks_one_question_at_a_time(qtbot: QtBot, model: LibraryModel, source: Source) -> None:
    source.is_prompt = False
    model.show_ids(ids(3 * PAGE))
    model.row(0)
    qtbot.waitUntil(lambda: len(source.questions) == 1)
    model.row(PAGE)

    source.answer()

    qtbot.waitUntil(lambda: len(source.questions) == 2)
    assert source.questions[1][0] == ids(1, begin=PAGE)[0]


def test_equal_ids_reset_nothing_and_show_the_old_row_until_the_new_one_is_here(
    qtbot: QtBot, model: LibraryModel, source: Source
) -> None:
    model.show_ids(ids(10))
    model.row(3)
    qtbot.waitUntil(lambda: model.row(3) is not None)
    source.make = lambda identity: made_row(identity, title="Renamed")

    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_ids(ids(10))

    row = model.row(3)
    assert row is not None
    assert row.document.title == "Title of document-000003"
    qtbot.waitUntil(lambda: model.data(model.index(3, 0)) == "Renamed")


def test_an_answer_from_before_a_change_is_asked_for_again(
    qtbot: QtBot, model: LibraryModel, source: Source
) -> None:
    source.is_prompt = False
    model.show_ids(ids(10))
    model.row(0)
    qtbot.waitUntil(lambda: len(source.questions) == 1)

    model.show_ids(ids(10))
    source.answer()
    model.row(0)

    qtbot.waitUntil(lambda: len(source.questions) == 2)


def test_a_document_that_is_gone_is_asked_for_once(qtbot: QtBot, model: LibraryModel) -> None:
    asked: list[object] = []
    model.rows_wanted.connect(asked.append)
    model.show_ids(ids(2))
    model.row(0)
    qtbot.waitUntil(lambda: len(asked) == 1)

    model.take_rows([made_row(ids(1)[0])])
    assert model.row(1) is None
    qtbot.wait(5)

    assert len(asked) == 1
    assert model.row(0) is not None


def test_a_failure_ends_the_question_and_a_refresh_asks_again(qtbot: QtBot, model: LibraryModel) -> None:
    asked: list[object] = []
    model.rows_wanted.connect(asked.append)
    model.show_ids(ids(2))
    model.row(0)
    qtbot.waitUntil(lambda: len(asked) == 1)

    model.rows_failed()
    model.row(0)
    qtbot.wait(5)
    assert len(asked) == 1

    model.show_ids(ids(2))
    model.row(0)
    qtbot.waitUntil(lambda: len(asked) == 2)


def test_keeps_no_more_rows_than_it_may(qtbot: QtBot, model: LibraryModel, source: Source) -> None:
    model.show_ids(ids(2 * KEPT))
    for at in range(0, 2 * KEPT, PAGE):
        model.row(at)
        qtbot.waitUntil(lambda at=at: model.row(at) is not None)  # type: ignore[misc]  # a default in a lambda

    source.is_prompt = False
    assert model.row(0) is None
    assert model.row(2 * KEPT - 1) is not None


def test_finds_rows_by_id_few_and_many(model: LibraryModel) -> None:
    model.show_ids(ids(50))

    assert [model.place_of(identity) for identity in ids(50)] == list(range(50))
    assert model.place_of(DocumentId("unknown")) is None


def test_an_unknown_id_is_nowhere_at_once(model: LibraryModel) -> None:
    model.show_ids(ids(50))

    assert model.place_of(DocumentId("unknown")) is None


def test_every_column_says_its_part(qtbot: QtBot, model: LibraryModel, source: Source) -> None:  # noqa: ARG001
    model.show_ids(ids(1))
    model.row(0)
    qtbot.waitUntil(lambda: model.row(0) is not None)

    said = [model.data(model.index(0, at)) for at in range(len(COLUMNS))]
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(len(COLUMNS))]

    assert said == [
        "Title of document-000000",
        "NHRC Orvenia",
        "2 May 2024",
        "English",
        "412",
        "5",
        "2 May 2024",
        "3.8 MB",
    ]
    assert heads == ["Title", "Publisher", "Date", "Language", "Pages", "Quotes", "Imported", "Size"]


def test_a_screen_reader_hears_a_card_in_one_breath(qtbot: QtBot, model: LibraryModel) -> None:
    source = Source(model, lambda identity: made_row(identity, warnings=("No text: it is damaged.",)))
    model.show_ids(ids(1))
    model.row(0)
    qtbot.waitUntil(lambda: model.row(0) is not None)

    assert len(source.questions) == 1
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == ("Title of document-000000, NHRC Orvenia, 2 May 2024, English, 5 quotes, with warnings")

"""Lines of any length and script: what does not fit is neither shown nor laid out."""

from PySide6.QtWidgets import QApplication

from archivist.ui.widgets.painting import font, lay_out

WIDTH = 400


def test_a_whole_book_is_laid_out_no_further_than_it_can_be_seen(qapp: QApplication) -> None:  # noqa: ARG001
    lines = lay_out("The register was kept. " * 50_000, font(13), WIDTH, 3)

    assert lines.layout.lineCount() == 3
    assert lines.layout.text().endswith("…")
    assert len(lines.layout.text()) <= 3 * WIDTH


def test_what_fits_is_whole(qapp: QApplication) -> None:  # noqa: ARG001
    lines = lay_out("The register\nwas kept.", font(13), WIDTH, 3, marks=((4, 12),))

    assert lines.layout.text() == "The register was kept."
    assert lines.marks == ((4, 12),)

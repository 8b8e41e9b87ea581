"""The deeds of the reader with their keys and icons."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from archivist.ui.tags.hues import hue_name
from archivist.ui.theme import QUOTE_HUES


@dataclass(frozen=True, slots=True)
class Deed:
    """`is_for_pages` ones hear their keys only while the page has the focus, so that typing is safe.

    `is_switch` ones show whether they are on.
    """

    name: str
    icon: str = ""
    keys: str = ""
    is_for_pages: bool = False
    is_switch: bool = False


DEEDS = (
    Deed("reader.outline", "list-dashes", "F11", is_switch=True),
    Deed("reader.previous_page", "caret-left", "Ctrl+PgUp"),
    Deed("reader.next_page", "caret-right", "Ctrl+PgDown"),
    Deed("reader.page", "hash-straight", "Ctrl+G"),
    Deed("reader.zoom_out", "magnifying-glass-minus", "Ctrl+-"),
    Deed("reader.zoom_in", "magnifying-glass-plus", "Ctrl++; Ctrl+="),
    Deed("reader.fit", "arrows-out-simple", "Ctrl+0"),
    Deed("reader.mode", "text-align-left", "Ctrl+Shift+M"),
    Deed("reader.find", "magnifying-glass", "Ctrl+F"),
    Deed("reader.next_hit", "caret-down", "F3"),
    Deed("reader.previous_hit", "caret-up", "Shift+F3"),
    Deed("reader.pane", "square-half", "F10", is_switch=True),
    Deed("reader.close", "x", "Ctrl+W"),
    Deed("reader.next_tab", "", "Ctrl+Tab"),
    Deed("reader.previous_tab", "", "Ctrl+Shift+Tab; Ctrl+Shift+Backtab"),
    Deed("reader.copy", "copy"),
    Deed("quote.copy", "copy", "Ctrl+Shift+C"),
    Deed("quote.mark", "quotes", "Q; Ctrl+Return", is_for_pages=True),
    Deed("quote.edit", "pencil-simple"),
    Deed("quote.delete", "trash"),
)
COLOURS: Mapping[str, Deed] = {
    hue: Deed(f"quote.color.{number}", "circle", str(number), is_for_pages=True)
    for number, hue in enumerate(QUOTE_HUES, start=1)
}


def deed_words(deed: Deed) -> str:
    translate = QCoreApplication.translate
    return {
        "reader.outline": translate("ReaderDeeds", "Show or hide the outline"),
        "reader.previous_page": translate("ReaderDeeds", "Previous page"),
        "reader.next_page": translate("ReaderDeeds", "Next page"),
        "reader.page": translate("ReaderDeeds", "Go to a page"),
        "reader.zoom_out": translate("ReaderDeeds", "Smaller"),
        "reader.zoom_in": translate("ReaderDeeds", "Larger"),
        "reader.fit": translate("ReaderDeeds", "Fit to the window"),
        "reader.mode": translate("ReaderDeeds", "Read as pages or as text"),
        "reader.find": translate("ReaderDeeds", "Find in this document"),
        "reader.next_hit": translate("ReaderDeeds", "Next hit"),
        "reader.previous_hit": translate("ReaderDeeds", "Previous hit"),
        "reader.pane": translate("ReaderDeeds", "Show or hide the quotes"),
        "reader.close": translate("ReaderDeeds", "Close this document"),
        "reader.next_tab": translate("ReaderDeeds", "Next document"),
        "reader.previous_tab": translate("ReaderDeeds", "Previous document"),
        "reader.copy": translate("ReaderDeeds", "Copy the selected words"),
        "quote.copy": translate("ReaderDeeds", "Copy with citation"),
        "quote.mark": translate("ReaderDeeds", "Quote the selected words"),
        "quote.edit": translate("ReaderDeeds", "Edit the chosen quote"),
        "quote.delete": translate("ReaderDeeds", "Move the chosen quote to the bin"),
    }[deed.name]


def colour_words(hue: str) -> str:
    said = QCoreApplication.translate("ReaderDeeds", "Mark the selected words: {}")
    return said.format(hue_name(hue).lower())

"""What can be done with a line of the sidebar, as its menu has it."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from archivist.model.tag import Tag
from archivist.ui.icons import icon
from archivist.ui.sidebar.rows import CASES, TAGS, Kind, Row
from archivist.ui.sidebar.view import SidebarView
from archivist.ui.tags.hues import add_hues
from archivist.ui.widgets.buttons import calling

translate = QCoreApplication.translate


class Doer(Protocol):
    """Who does what the menu offers."""

    view: SidebarView

    def delete(self, row: Row) -> None: ...
    def colour(self, row: Row, hue: str) -> None: ...
    def merge(self, row: Row) -> None: ...
    def move_under(self, row: Row) -> None: ...
    def make_top_level(self, row: Row) -> None: ...
    def define(self, row: Row) -> None: ...


def fill_menu(menu: QMenu, row: Row, doer: Doer) -> None:
    """By kind of line; nothing where there is nothing to do."""
    if row.kind in {Kind.PLACE, Kind.CASE, Kind.TAG}:
        _add(
            menu, "open", translate("Sidebar", "Open"), lambda: doer.view.list.wanted.emit(row), "arrow-right"
        )
    if row.kind is Kind.HEAD and row.section in {CASES, TAGS}:
        new = translate("Sidebar", "New case") if row.section == CASES else translate("Sidebar", "New tag")
        _add(menu, "new", new, lambda: doer.view.begin(row.section), "plus")
        turn = translate("Sidebar", "Close") if row.is_open else translate("Sidebar", "Open")
        _add(menu, "turn", turn, lambda: doer.view.turn(row.key))
    if row.thing is None:
        return
    rename = translate("Sidebar", "Rename")
    _add(menu, "rename", rename, lambda: doer.view.rename(row), "pencil-simple", keys="F2")
    colours = menu.addMenu(icon("palette"), translate("Sidebar", "Colour"))
    colours.setObjectName("colours")
    add_hues(colours, row.sign, row.hue, lambda hue: doer.colour(row, hue))
    if isinstance(row.thing, Tag):
        _add(menu, "define", translate("Sidebar", "Definition…"), lambda: doer.define(row), "text-align-left")
        menu.addSeparator()
        under = translate("Sidebar", "Move under…")
        _add(menu, "under", under, lambda: doer.move_under(row), "arrow-bend-down-right")
        if row.depth:
            top = translate("Sidebar", "Make top level")
            _add(menu, "top", top, lambda: doer.make_top_level(row), "arrow-line-up")
    else:
        menu.addSeparator()
    _add(menu, "merge", translate("Sidebar", "Merge into…"), lambda: doer.merge(row), "git-merge")
    menu.addSeparator()
    _add(menu, "delete", translate("Sidebar", "Delete"), lambda: doer.delete(row), "trash", keys="Del")


def _add(
    menu: QMenu, name: str, text: str, deed: Callable[[], Any], sign: str = "", *, keys: str = ""
) -> None:
    """The keys are only shown: the list itself hears them."""
    action = menu.addAction(f"{text}\t{keys}" if keys else text)
    action.setObjectName(name)
    if sign:
        action.setIcon(icon(sign))
    action.triggered.connect(calling(deed))

"""The deeds of the page of a case, once for keys, menus and the palette."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from archivist.model.quote import Role
from archivist.ui.cases.content import QuoteLine
from archivist.ui.cases.roles import KEYS, SIGNS, role_deed
from archivist.ui.cases.view import CaseView
from archivist.ui.session import Session


@dataclass(frozen=True, slots=True)
class Ways:
    """What the presenter does itself."""

    rename: Callable[[], object]
    merge: Callable[[], object]
    delete: Callable[[], object]
    open_quote: Callable[[], object]
    set_role: Callable[[Role], object]
    move: Callable[[int], object]
    copy: Callable[[], object]
    take_out: Callable[[], object]


class CaseActions(QObject):
    """Registers the deeds; those on a quote are there while one is chosen, all while the page is."""

    def __init__(self, session: Session, view: CaseView, ways: Ways) -> None:
        super().__init__(view)
        add, quotes = session.actions.add, view.quotes
        self._view = view
        self._rename = add(
            "case.rename",
            self.tr("Rename the case"),
            ways.rename,
            shortcut="Ctrl+Shift+R",
            icon="pencil-simple",
        )
        self._merge = add("case.merge", self.tr("Merge the case into…"), ways.merge, icon="git-merge")
        self._delete = add("case.delete", self.tr("Delete the case"), ways.delete, icon="trash")
        self._open = add(
            "case.open_quote",
            self.tr("Open the document at the quote"),
            ways.open_quote,
            shortcut="Return",
            icon="book-open",
            scope=quotes,
        )
        self._roles = {
            role: add(
                f"case.{role.value}",
                role_deed(role),
                partial(ways.set_role, role),
                shortcut=KEYS[role],
                icon=SIGNS[role][0],
                scope=quotes,
            )
            for role in Role
        }
        up, down = self.tr("Move the quote up"), self.tr("Move the quote down")
        self._up = add(
            "case.move_up", up, partial(ways.move, -1), shortcut="Alt+Up", icon="arrow-up", scope=quotes
        )
        self._down = add(
            "case.move_down",
            down,
            partial(ways.move, 1),
            shortcut="Alt+Down",
            icon="arrow-down",
            scope=quotes,
        )
        self._copy = add(
            "case.copy_quote",
            self.tr("Copy the words and their source"),
            ways.copy,
            shortcut="Ctrl+C",
            icon="copy",
            scope=quotes,
        )
        self._take_out = add(
            "case.take_out",
            self.tr("Take the quote out of the case"),
            ways.take_out,
            shortcut="Del",
            icon="minus-circle",
            scope=quotes,
        )
        self.enable()

    @property
    def of_case(self) -> Sequence[QAction | None]:
        """The menu of the page; None parts groups."""
        return (self._rename, self._merge, None, self._delete)

    @property
    def of_quote(self) -> Sequence[QAction | None]:
        """The menu of a quote; None parts groups."""
        return (
            *(self._open, self._copy, None, *self._roles.values(), None),
            *(self._up, self._down, None, self._take_out),
        )

    def enable(self) -> None:
        case = self._view.case if self._view.isVisible() else None
        is_live = case is not None and not case.deleted
        for action in (self._rename, self._merge, self._delete):
            action.setEnabled(is_live)
        self._enable_quote(self._view.quotes.current_line() if case else None, is_live=is_live)

    def _enable_quote(self, line: QuoteLine | None, *, is_live: bool) -> None:
        ids = self._view.quotes.quotes.ids
        self._open.setEnabled(line is not None)
        self._copy.setEnabled(line is not None)
        self._take_out.setEnabled(line is not None and is_live)
        self._up.setEnabled(line is not None and is_live and ids[0] != line.id)
        self._down.setEnabled(line is not None and is_live and ids[-1] != line.id)
        for action in self._roles.values():
            action.setEnabled(line is not None and is_live)

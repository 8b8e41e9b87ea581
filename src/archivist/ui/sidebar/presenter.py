"""Joins the sidebar to its services, and keeps it true."""

from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from archivist.model.browsing import Counts
from archivist.model.case import Case
from archivist.model.errors import ArchivistError
from archivist.model.ids import CaseId, TagId
from archivist.model.tag import Tag
from archivist.services.browsing import counts
from archivist.ui.cases.deeds import CaseDeeds
from archivist.ui.places import CasePlace, Place, TagsPlace
from archivist.ui.session import Session
from archivist.ui.sidebar.menu import fill_menu
from archivist.ui.sidebar.rows import (
    CASES,
    TAGS,
    Row,
    Standing,
    case_key,
    head_key,
    key_of,
    new_key,
    tag_key,
)
from archivist.ui.sidebar.view import SidebarView
from archivist.ui.tags.choosing import choose_case_to_merge, choose_parent, choose_tag_to_merge
from archivist.ui.tags.deeds import TagDeeds
from archivist.ui.tags.definition import DefinitionPopover

_CLOSED = "sidebar/closed"


class SidebarPresenter(QObject):
    """`view` is what stands in the window; the frame says with `mark` where the user is."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._known: Counts | None = None
        self._waiting: Place | None = None
        self.view = SidebarView()
        self.tags = TagDeeds(session, self)
        self.cases = CaseDeeds(session, self)
        self._connect()
        self._add_deeds()
        closed = session.settings.choice(_CLOSED, "").split()
        self.view.close_heads(frozenset(map(head_key, closed)) & {head_key(CASES), head_key(TAGS)})
        session.tasks.changed.connect(self.refresh)
        self.refresh()

    def _connect(self) -> None:
        view = self.view
        view.list.wanted.connect(lambda row: self._session.go(row.place))
        view.list.menu_wanted.connect(self._open_menu)
        view.list.delete_wanted.connect(self.delete)
        view.list.nested.connect(self._nest)
        view.named.connect(self._name)
        view.standing_changed.connect(self._keep_standing)
        view.codebook_wanted.connect(lambda: self._session.go(TagsPlace()))

    def _add_deeds(self) -> None:
        add = self._session.actions.add
        add(
            "case.new",
            self.tr("New case"),
            partial(self._begin, CASES),
            shortcut="Ctrl+Shift+N",
            icon="briefcase",
        )
        add("tag.new", self.tr("New tag"), partial(self._begin, TAGS), shortcut="Ctrl+Shift+G", icon="hash")
        add(
            "tag.codebook",
            self.tr("The codebook: all tags"),
            lambda: self._session.go(TagsPlace()),
            icon="list-bullets",
        )

    # ---- what it shows

    def show(self, place: Place) -> None:
        """As every presenter has it."""
        self.mark(place)

    def refresh(self) -> None:
        self._session.tasks.read(counts, self._take, key="sidebar counts")

    def mark(self, place: Place) -> None:
        """Show where the user is. A document leaves the mark where it was: on the list it is from."""
        key = key_of(place)
        if key is None:
            return
        self._waiting = place if self._known is None else None
        self.view.mark(key)

    def _take(self, known: Counts) -> None:
        self._known = known
        self.view.show_counts(known)
        if self._waiting is not None:
            self.mark(self._waiting)

    def _keep_standing(self, standing: Standing) -> None:
        """Of what is closed only the heads are kept on this computer: they say nothing of an archive."""
        closed = [section for section in (CASES, TAGS) if head_key(section) in standing.closed]
        self._session.settings.choose(_CLOSED, " ".join(closed))

    # ---- names

    def _begin(self, section: str) -> None:
        if not self.view.isVisible():
            for action in self._session.actions.all():
                if action.objectName() == "window.sidebar":
                    action.trigger()
        self.view.begin(section)

    def _name(self, key: str, name: str) -> None:
        def refuse(error: ArchivistError) -> None:
            self.view.refuse_name(key, str(error))

        def took(_: object) -> None:
            self.view.hush()
            self.view.took_name(key)

        kind, _, identity = key.partition(":")
        if key == new_key(CASES):
            self.cases.add(name, partial(self._made, key), refuse)
        elif key == new_key(TAGS):
            self.tags.add(name, partial(self._made, key), refused=refuse)
        elif kind == "case":
            self.cases.rename(CaseId(identity), name, took, refuse)
        else:
            self.tags.rename(TagId(identity), name, took, refuse)

    def _made(self, key: str, thing: Case | Tag) -> None:
        """A new case is opened, to write down what it is about; tags come in numbers, one after the other."""
        self.view.hush()
        self.view.took_name(key)
        if isinstance(thing, Case):
            self._session.go(CasePlace(thing.id))
        self._stand_at_once_shown(case_key(thing.id) if isinstance(thing, Case) else tag_key(thing.id))

    def _stand_at_once_shown(self, key: str) -> None:
        def stand(known: Counts) -> None:
            self._take(known)
            self.view.list.stand_at(key)

        self._session.tasks.read(counts, stand, key="sidebar made")

    # ---- deeds on a line

    def delete(self, row: Row) -> None:
        match row.thing:
            case Tag(id=tag_id):
                self.tags.delete(tag_id, self._refuse)
            case Case(id=case_id):
                self.cases.delete(case_id, self._refuse)

    def colour(self, row: Row, hue: str) -> None:
        match row.thing:
            case Tag(id=tag_id):
                self.tags.colour(tag_id, hue, self._refuse)
            case Case(id=case_id):
                self.cases.colour(case_id, hue, self._refuse)

    def merge(self, row: Row) -> None:
        """Ask into which, and say what will happen."""
        rect, view, known = self.view.list.line_rect(row.key), self.view.list.viewport(), self._known
        if known is None:
            return
        match row.thing:
            case Tag() as tag:
                picker = choose_tag_to_merge(view, rect, tag, known.tags, self.tags.merging_words)
                picker.chosen.connect(lambda into: self.tags.merge(tag.id, TagId(into), self._refuse))
            case Case() as case:
                picker = choose_case_to_merge(view, rect, case, known.cases, self.cases.merging_words)
                picker.chosen.connect(
                    lambda into: self.cases.merge(case.id, CaseId(into), refused=self._refuse)
                )

    def move_under(self, row: Row) -> None:
        if isinstance(tag := row.thing, Tag) and self._known:
            rect = self.view.list.line_rect(row.key)
            picker = choose_parent(self.view.list.viewport(), rect, tag, self._known.tags)
            picker.chosen.connect(lambda parent: self._nest(tag.id, TagId(parent)))

    def make_top_level(self, row: Row) -> None:
        if isinstance(row.thing, Tag):
            self._nest(row.thing.id, None)

    def define(self, row: Row) -> None:
        if isinstance(tag := row.thing, Tag):
            window = self.view.window()
            rect = self.view.list.line_rect(row.key)
            rect.moveTopLeft(self.view.list.viewport().mapTo(window, rect.topLeft()))
            popover = DefinitionPopover(window, tag)
            popover.kept.connect(lambda tag_id, words: self.tags.define(TagId(tag_id), words, self._refuse))
            popover.open_at(rect)

    def _nest(self, tag_id: str, parent_id: TagId | None) -> None:
        self.tags.nest(TagId(tag_id), parent_id, self._refuse)

    def _refuse(self, error: ArchivistError) -> None:
        self.view.tell(str(error))

    def _open_menu(self, row: Row, at: QPoint) -> None:
        menu = QMenu(self.view)
        menu.setObjectName("sidebar_menu")
        fill_menu(menu, row, self)
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

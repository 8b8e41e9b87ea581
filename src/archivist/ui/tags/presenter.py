"""Joins the page of the codebook to its services."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QMenu, QWidget

from archivist.archive.archive import Archive
from archivist.model.errors import ArchivistError
from archivist.model.ids import TagId
from archivist.model.tag import Tag
from archivist.ui.places import QuotesPlace, TagsPlace
from archivist.ui.session import Session
from archivist.ui.tags.choosing import choose_parent, choose_tag_to_merge
from archivist.ui.tags.deeds import TagDeeds
from archivist.ui.tags.rows import Codebook
from archivist.ui.tags.view import TagsView


class TagsPresenter(QObject):
    """`view` is what stands in the window. Its deeds are there while the page is, and a tag is chosen."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._codebook = Codebook()
        self._is_stale = True
        self.view = TagsView()
        self.deeds = TagDeeds(session, self)
        self._add_deeds()
        self._connect()
        session.tasks.changed.connect(self._refresh)

    def _add_deeds(self) -> None:
        add, page = self._session.actions.add, self.view.list
        self._rename = add(
            "tag.rename",
            self.tr("Rename the tag"),
            self._begin_rename,
            shortcut="F2",
            icon="pencil-simple",
            scope=page,
        )
        self._quotes = add(
            "tag.quotes", self.tr("Show the quotes of the tag"), self._open_current, icon="quotes"
        )
        self._move = add("tag.move", self.tr("Move the tag under…"), self.move, icon="arrow-bend-down-right")
        self._top = add(
            "tag.top", self.tr("Make the tag top level"), self.make_top_level, icon="arrow-line-up"
        )
        self._merge = add("tag.merge", self.tr("Merge the tag into…"), self.merge, icon="git-merge")
        self._restore = add(
            "tag.restore", self.tr("Restore the tag"), self.restore, icon="arrow-counter-clockwise"
        )
        self._delete = add(
            "tag.delete", self.tr("Delete the tag"), self.delete, shortcut="Del", icon="trash", scope=page
        )
        self._enable()

    def _connect(self) -> None:
        view, pane = self.view, self.view.pane
        view.added.connect(self._add)
        view.came.connect(self._come)
        view.went.connect(self._enable)
        view.list.chosen.connect(self._enable)
        view.list.opened.connect(self._open)
        view.list.menu_wanted.connect(self._open_menu)
        view.list.nested.connect(self._nest)
        pane.renamed.connect(lambda name: self._on_shown(partial(self._rename_to, name)))
        pane.recoloured.connect(
            lambda hue: self._on_shown(lambda tag: self.deeds.colour(tag.id, hue, self._refuse))
        )
        pane.defined.connect(
            lambda words: self._on_shown(lambda tag: self.deeds.define(tag.id, words, self._refuse))
        )
        pane.quotes_wanted.connect(self._open_current)
        pane.move_wanted.connect(self.move)
        pane.top_wanted.connect(self.make_top_level)
        pane.merge_wanted.connect(self.merge)
        pane.delete_wanted.connect(self.delete)
        pane.restore_wanted.connect(self.restore)

    # ---- what it shows

    def show(self, place: TagsPlace) -> None:  # noqa: ARG002 - there is one codebook
        self._read()

    def keep_drafts(self) -> None:
        """Before the archive closes: what is being typed is kept."""
        self.view.pane.name.keep()
        self.view.pane.definition.keep()

    def _come(self) -> None:
        self._enable()
        if self._is_stale:
            self._read()

    def _refresh(self) -> None:
        """Something was done somewhere; out of sight it can wait."""
        self._is_stale = True
        if self.view.isVisible():
            self._read()

    def _read(self) -> None:
        self._session.tasks.read(_codebook, self._take, key="codebook")

    def _take(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._is_stale = False
        self.view.show_codebook(codebook)
        self._enable()

    def _enable(self) -> None:
        tag = self.view.pane.tag if self.view.isVisible() else None
        is_live = tag is not None and not tag.deleted
        for action in (self._rename, self._quotes, self._move, self._merge, self._delete):
            action.setEnabled(is_live)
        self._top.setEnabled(is_live and tag is not None and tag.parent_id is not None)
        self._restore.setEnabled(tag is not None and tag.deleted)

    # ---- done

    def merge(self) -> None:
        """Ask into which, and say what will happen."""
        if tag := self.view.pane.tag:
            picker = choose_tag_to_merge(*self._beside(), tag, self._codebook.tags, self.deeds.merging_words)
            picker.chosen.connect(lambda into: self.deeds.merge(tag.id, TagId(into), self._refuse))

    def move(self) -> None:
        if tag := self.view.pane.tag:
            picker = choose_parent(*self._beside(), tag, self._codebook.tags)
            picker.chosen.connect(lambda parent: self._nest(tag.id, TagId(parent)))

    def make_top_level(self) -> None:
        self._on_shown(lambda tag: self._nest(tag.id, None))

    def delete(self) -> None:
        self._on_shown(lambda tag: self.deeds.delete(tag.id, self._refuse))

    def restore(self) -> None:
        self._on_shown(lambda tag: self.deeds.restore(tag, refused=self._refuse))

    def _add(self, name: str) -> None:
        def made(tag: Tag) -> None:
            self.view.took_new()

            def show(codebook: Codebook) -> None:
                self._take(codebook)
                self.view.choose(tag.id)

            self._session.tasks.read(_codebook, show, key="codebook made")

        self.deeds.add(name, made, refused=lambda error: self.view.tell(str(error)))

    def _begin_rename(self) -> None:
        self.view.pane.name.setFocus()
        self.view.pane.name.selectAll()

    def _rename_to(self, name: str, tag: Tag) -> None:
        self.deeds.rename(tag.id, name, lambda _: self.view.pane.notice.clear(), self._refuse)

    def _nest(self, tag_id: str, parent_id: TagId | None) -> None:
        self.deeds.nest(TagId(tag_id), parent_id, self._refuse)

    def _open_current(self) -> None:
        self._on_shown(lambda tag: self._open(tag.id))

    def _open(self, tag_id: str) -> None:
        self._session.go(QuotesPlace(TagId(tag_id)))

    def _on_shown(self, deed: Callable[[Tag], object]) -> None:
        if tag := self.view.pane.tag:
            deed(tag)

    def _refuse(self, error: ArchivistError) -> None:
        self.view.pane.refuse(str(error))

    def _beside(self) -> tuple[QWidget, QRect]:
        return self.view.list.viewport(), self.view.list.current_rect()

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self.view)
        menu.setObjectName("codebook_menu")
        for action in (
            *(self._quotes, self._rename, None, self._move, self._top, self._merge, None),
            *(self._restore, self._delete),
        ):
            if action is None:
                menu.addSeparator()
            elif action.isEnabled():
                menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)


def _codebook(archive: Archive) -> Codebook:
    with archive.reading():
        return Codebook(tuple(archive.tags.all()), tuple(archive.tags.all(deleted=True)))

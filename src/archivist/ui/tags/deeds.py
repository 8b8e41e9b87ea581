"""What can be done with tags, wherever they are shown: sent to the archive, and told in a sentence."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from archivist.archive.archive import Archive
from archivist.model.errors import ArchivistError
from archivist.model.ids import TagId
from archivist.model.tag import Tag
from archivist.services.naming import find_tag
from archivist.services.organising import add_tag, delete_tag, merge_tags, restore_tag, save_tag
from archivist.ui.session import Session
from archivist.ui.tasks import nothing
from archivist.ui.words import isolate, plural

T = TypeVar("T")
Refused = Callable[[ArchivistError], object]


class TagDeeds(QObject):
    """Sends deeds on tags. They are read anew first: what is shown may be older than what is kept.

    `refused` hears why one was not done; the status line does where nobody listens.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def add(
        self,
        name: str,
        then: Callable[[Tag], object] = nothing,
        *,
        parent: TagId | None = None,
        refused: Refused | None = None,
    ) -> None:
        self._do(lambda archive: add_tag(archive, name, parent=parent), then, refused)

    def rename(
        self,
        tag_id: TagId,
        name: str,
        then: Callable[[Tag], object] = nothing,
        refused: Refused | None = None,
    ) -> None:
        self._do(partial(_change, tag_id, lambda tag: replace(tag, name=name)), then, refused)

    def define(self, tag_id: TagId, definition: str, refused: Refused | None = None) -> None:
        self._do(partial(_change, tag_id, lambda tag: replace(tag, definition=definition)), nothing, refused)

    def colour(self, tag_id: TagId, hue: str, refused: Refused | None = None) -> None:
        self._do(partial(_change, tag_id, lambda tag: replace(tag, colour=hue)), nothing, refused)

    def nest(self, tag_id: TagId, parent_id: TagId | None, refused: Refused | None = None) -> None:
        """Put it under another, or at the top."""

        def work(archive: Archive) -> tuple[Tag, Tag | None]:
            parent = find_tag(archive, parent_id) if parent_id else None
            return _change(tag_id, lambda tag: replace(tag, parent_id=parent_id), archive), parent

        def told(done: tuple[Tag, Tag | None]) -> None:
            tag, parent = done
            if parent is None:
                sentence = self.tr("{tag} stands at the top now.").format(tag=_named(tag))
            else:
                words = self.tr("{tag} stands under {parent} now.")
                sentence = words.format(tag=_named(tag), parent=_named(parent))
            self._session.say(sentence)

        self._do(work, told, refused)

    def merge(self, tag_id: TagId, into_id: TagId, refused: Refused | None = None) -> None:
        def work(archive: Archive) -> tuple[Tag, Tag]:
            tag, into = find_tag(archive, tag_id), find_tag(archive, into_id)
            merge_tags(archive, tag, into)
            return tag, into

        def told(done: tuple[Tag, Tag]) -> None:
            sentence = self.tr("{tag} is merged into {into}. Ctrl+Z takes it back.")
            self._session.say(sentence.format(tag=_named(done[0]), into=_named(done[1])))

        self._do(work, told, refused)

    def delete(self, tag_id: TagId, refused: Refused | None = None) -> None:
        def told(tag: Tag) -> None:
            self._session.say(self.tr("The tag {} is in the bin. Ctrl+Z brings it back.").format(_named(tag)))

        self._do(lambda archive: delete_tag(archive, find_tag(archive, tag_id)), told, refused)

    def restore(
        self, tag: Tag, then: Callable[[Tag], object] = nothing, refused: Refused | None = None
    ) -> None:
        def told(restored: Tag) -> None:
            self._session.say(self.tr("The tag {} is back.").format(_named(restored)))
            then(restored)

        self._do(lambda archive: restore_tag(archive, tag), told, refused)

    def merging_words(self, tag: Tag, into_name: str) -> str:
        """What will happen, before it does."""
        gets = plural(
            tag.quotes, self.tr("1 quote gets {into} instead"), self.tr("{} quotes get {into} instead")
        )
        words = self.tr("{gets}; {tag} goes to the bin. Ctrl+Z takes it back.")
        return words.format(gets=gets.format(into=f"“{isolate(into_name)}”"), tag=_named(tag))

    def _do(self, work: Callable[[Archive], T], then: Callable[[T], object], refused: Refused | None) -> None:
        self._session.tasks.write(work, then, failed=refused or self._say)

    def _say(self, error: ArchivistError) -> None:
        self._session.say(str(error))


def _change(tag_id: TagId, change: Callable[[Tag], Tag], archive: Archive) -> Tag:
    return save_tag(archive, change(find_tag(archive, tag_id)))


def _named(tag: Tag) -> str:
    return f"“{isolate(tag.name)}”"

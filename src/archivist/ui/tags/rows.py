"""What stands on the page of the codebook, line by line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from archivist.model.ids import TagId
from archivist.model.tag import Tag
from archivist.ui.tags.tree import having, shown_branches


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag where it stands; deleted ones come last, flat."""

    tag: Tag
    depth: int = 0
    has_more: bool = False
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Codebook:
    """All tags by name: those in use, and those that were deleted."""

    tags: tuple[Tag, ...] = ()
    deleted: tuple[Tag, ...] = ()

    def get(self, tag_id: TagId | None) -> Tag | None:
        return next((tag for tag in (*self.tags, *self.deleted) if tag.id == tag_id), None)


def tag_rows(
    codebook: Codebook, closed: Collection[TagId], words: str = "", *, with_deleted: bool = False
) -> Sequence[TagRow]:
    rows = [
        TagRow(branch.tag, branch.depth, branch.has_more, branch.is_open)
        for branch in shown_branches(codebook.tags, closed, words)
    ]
    if with_deleted:
        matches = having(words)
        rows += [TagRow(tag) for tag in codebook.deleted if matches(tag.name)]
    return rows

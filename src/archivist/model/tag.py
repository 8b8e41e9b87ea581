"""The codebook: what quotes are about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archivist.model.ids import TagId


@dataclass(frozen=True, slots=True)
class Tag:
    """A node of the codebook; `quotes` counts the quotes that carry it.

    `parent_id` names the tag that it stands under. A parent that was deleted keeps its children: they
    stand at the top until it is restored.
    """

    id: TagId
    name: str
    definition: str = ""
    colour: str = ""
    quotes: int = 0
    deleted: bool = False
    parent_id: TagId | None = None


def branches(tags: Iterable[Tag]) -> Iterator[tuple[int, Tag]]:
    """All tags as a tree is read: each with its depth, children after their parent, in the given order.

    None is ever left out: a circle, as two copies of an archive can make one, begins at its first tag.
    """
    known = {tag.id: tag for tag in tags}
    children: defaultdict[TagId | None, list[Tag]] = defaultdict(list)
    for tag in known.values():
        children[tag.parent_id if tag.parent_id in known else None].append(tag)
    told: set[TagId] = set()
    for root in (*children[None], *known.values()):
        waiting = [(0, root)]
        while waiting:
            depth, tag = waiting.pop()
            if tag.id not in told:
                told.add(tag.id)
                yield depth, tag
                waiting += [(depth + 1, child) for child in reversed(children[tag.id])]

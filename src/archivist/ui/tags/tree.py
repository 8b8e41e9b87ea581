"""The codebook as it is read: from the top, branch by branch, with what is closed left out."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from archivist.model.ids import TagId
from archivist.model.tag import Tag, branches


@dataclass(frozen=True, slots=True)
class Branch:
    """A tag where it stands; `is_open` says something only where tags stand below it."""

    tag: Tag
    depth: int
    has_more: bool
    is_open: bool


def shown_branches(tags: Sequence[Tag], closed: Collection[TagId], words: str = "") -> list[Branch]:
    """What is to be seen. Tags that match `words` are, with all that they stand under, whatever is closed."""
    tree = list(branches(tags))
    if words.strip():
        tree = _matching(tree, having(words))
        closed = ()
    shown: list[Branch] = []
    hidden_below: int | None = None
    for at, (depth, tag) in enumerate(tree):
        if hidden_below is not None and depth > hidden_below:
            continue
        has_more = at + 1 < len(tree) and tree[at + 1][0] > depth
        is_open = tag.id not in closed
        hidden_below = None if is_open else depth
        shown.append(Branch(tag, depth, has_more, is_open))
    return shown


def line_above(tags: Sequence[Tag], tag_id: TagId) -> list[TagId]:
    """What a tag stands under, the nearest first; a circle is gone round once."""
    known = {tag.id: tag for tag in tags}
    line: list[TagId] = []
    at = known.get(tag_id)
    while at is not None and at.parent_id in known and at.parent_id not in {tag_id, *line}:
        at = known[at.parent_id]
        line.append(at.id)
    return line


def below(tags: Sequence[Tag], tag_id: TagId) -> set[TagId]:
    """The tag and all that stand below it."""
    found: set[TagId] = set()
    limit: int | None = None
    for depth, tag in branches(tags):
        if tag.id == tag_id:
            limit = depth
        elif limit is not None and depth <= limit:
            limit = None
        if limit is not None:
            found.add(tag.id)
    return found


def having(words: str) -> Callable[[str], bool]:
    """Whether a name has all the words, in any case of any script."""
    wanted = words.casefold().split()
    return lambda name: all(word in name.casefold() for word in wanted)


def _matching(tree: list[tuple[int, Tag]], matches: Callable[[str], bool]) -> list[tuple[int, Tag]]:
    kept: set[TagId] = set()
    line: list[TagId] = []
    for depth, tag in tree:
        line[depth:] = [tag.id]
        if matches(tag.name):
            kept.update(line)
    return [(depth, tag) for depth, tag in tree if tag.id in kept]

"""What is selected in a document of pages: from one place between letters to another. Knows no Qt."""

from dataclasses import dataclass

PAGE_END = 1 << 62  # behind the last letter of a page whose words need not be known yet


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """Between two letters of a page; positions compare in reading order."""

    page: int
    index: int


@dataclass(frozen=True, slots=True)
class Selection:
    """From where it was begun to where the caret is; both may be the same place."""

    anchor: Position
    head: Position

    @classmethod
    def at(cls, position: Position) -> "Selection":
        return cls(position, position)

    @property
    def start(self) -> Position:
        return min(self.anchor, self.head)

    @property
    def end(self) -> Position:
        return max(self.anchor, self.head)

    @property
    def is_empty(self) -> bool:
        return self.anchor == self.head

    @property
    def pages(self) -> range:
        return range(self.start.page, self.end.page + 1)

    def on_page(self, page: int, length: int) -> tuple[int, int] | None:
        """The part on one page, whose words are `length` long."""
        if self.is_empty or page not in self.pages:
            return None
        start = self.start.index if page == self.start.page else 0
        end = self.end.index if page == self.end.page else length
        start, end = min(start, length), min(end, length)
        return (start, end) if start < end else None

    def extended(self, head: Position) -> "Selection":
        return Selection(self.anchor, head)

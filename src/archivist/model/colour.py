"""The colours that marks, tags and cases can have; how each looks is for the window to say."""

from enum import StrEnum


class Colour(StrEnum):
    """A hue by name, so that it fits light and dark alike. Nothing said means amber."""

    AMBER = "amber"
    ROSE = "rose"
    TEAL = "teal"
    SKY = "sky"
    VIOLET = "violet"
    SLATE = "slate"

"""The one way in which reading a document fails in an orderly way."""

from archivist.model.sandbox import Failure


class Unreadable(Exception):
    """A document gives no text; `what` names its kind where that is the reason."""

    def __init__(self, failure: Failure, what: str = "") -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.what = what

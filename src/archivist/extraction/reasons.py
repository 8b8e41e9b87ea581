"""What a reader is told when a document gives no text: one sentence, and what helps."""

from archivist.model.errors import NotDone
from archivist.model.sandbox import Failure

REASONS = {
    Failure.PASSWORD: "No text: the file needs a password. Save a copy without it and import that too.",
    Failure.DAMAGED: "No text: the file is damaged, or not what its name says.",
    Failure.EMPTY: "No text: the file is empty.",
    Failure.NO_PAGES: "No text: no page of this file can be read; it is damaged.",
    Failure.OTHER_KIND: "No text: {what} cannot be read yet.",
    Failure.INFLATES: "No text: the file unpacks to far more than a document holds, as an attack would.",
    Failure.DECLARATIONS: "No text: the file declares entities of its own, as an attack would.",
    Failure.TOO_DEEP: "No text: the file is nested too deeply to be read.",
    Failure.TOO_LARGE: "No text: the file is too large to be read.",
    Failure.TOO_MUCH_TEXT: "No text: the file holds more text than can be taken in.",
    Failure.MEMORY: "No text: the file needs more memory than a document may use.",
    Failure.CRASHED: "No text: the reader crashed on this file; it is damaged or hostile.",
    Failure.TIMEOUT: "No text: reading this file took too long and was stopped.",
    Failure.MALFORMED: "No text: the reader's answer about this file cannot be trusted.",
    Failure.UNSAFE: "Kept, not read: this computer cannot read documents safely.",
    Failure.NOT_STARTED: "Kept, not read: the reader could not be started, perhaps for want of memory."
    " Close other programs and import the file again.",
}

_WORK = {
    Failure.UNSAFE: "This computer cannot look into a file from elsewhere safely, and nothing was changed;"
    " do it without that file.",
    Failure.NOT_STARTED: "The sandbox could not be started, perhaps for want of memory, and nothing was"
    " changed; close other programs and do it again.",
}


def reason(failure: Failure, what: str = "") -> str:
    return REASONS[failure].format(what=what or "a file of this kind")


class WorkNotDone(NotDone):
    """A job other than reading a document failed in the sandbox."""

    def __init__(self, failure: Failure) -> None:
        stopped = f"The work was stopped in the sandbox and nothing was changed ({failure.value})."
        super().__init__(_WORK.get(failure, stopped))
        self.failure = failure

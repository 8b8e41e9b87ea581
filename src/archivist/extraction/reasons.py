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

    def __init__(self, failure: Failure, sentence: str = "") -> None:
        stopped = f"The work was stopped in the sandbox and nothing was changed ({failure.value})."
        super().__init__(sentence or _WORK.get(failure, stopped))
        self.failure = failure


_PAGES = {
    Failure.PASSWORD: "The pages are locked: type the password of this file to see them.",
    Failure.EMPTY: "There are no pages to show: the file is empty.",
    Failure.NO_PAGES: "The pages cannot be shown: none of them can be read; the file is damaged.",
    Failure.DAMAGED: "The pages cannot be shown: the file is damaged, or not what its name says.",
    Failure.TOO_LARGE: "The pages cannot be shown: the file is too large.",
    Failure.MEMORY: "The pages cannot be shown: the file needs more memory than a document may use.",
    Failure.CRASHED: "The pages cannot be shown: the reader crashed on this file; it is damaged or hostile.",
    Failure.TIMEOUT: "The pages cannot be shown: opening this file took too long and was stopped.",
    Failure.UNSAFE: "The pages are not shown: this computer cannot look into documents safely.",
    Failure.NOT_STARTED: "The pages cannot be shown: the reader could not be started, perhaps for want of"
    " memory. Close other programs and open the document again.",
}
_OTHER_PASSWORD = "This password does not open the file; check keyboard layout and caps lock, and try again."  # noqa: S105
_UNTRUSTED = "The pages cannot be shown: the reader's answer about this file cannot be trusted."
_PAGE = {
    Failure.DAMAGED: "it is damaged",
    Failure.MEMORY: "it needs more memory than a page may use",
    Failure.TIMEOUT: "it took too long and was stopped",
    Failure.TOO_MUCH_TEXT: "it holds more than can be taken in",
}


def pages_not_shown(failure: Failure, password: str = "") -> WorkNotDone:
    """Why no page of a document can be shown."""
    if failure is Failure.PASSWORD and password:
        return WorkNotDone(failure, _OTHER_PASSWORD)
    return WorkNotDone(failure, _PAGES.get(failure, _UNTRUSTED))


def page_not_shown(failure: Failure, label: str) -> WorkNotDone:
    """Why a page cannot be shown; `label` is what is printed on it."""
    why = _PAGE.get(failure, "the reader broke on it; it is damaged or hostile")
    return WorkNotDone(failure, f"Page {label} cannot be shown: {why}. The other pages can still be read.")


def words_not_marked(failure: Failure, label: str) -> WorkNotDone:
    """Why the words of a page that may well be shown cannot be chosen on it."""
    why = _PAGE.get(failure, "the reader broke on it; it is damaged or hostile")
    return WorkNotDone(failure, f"The words on page {label} cannot be marked: {why}.")

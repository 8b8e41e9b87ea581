"""The pack as a Word document. It is made in a child: this side only asks, and checks the answer's form."""

from collections.abc import Callable, Mapping
from typing import Any

from archivist.model.errors import ExportStopped
from archivist.model.pack import Pack
from archivist.packs.labels import Labels

Header = dict[str, Any]
RunWorker = Callable[[str, Header, bytes], tuple[Header, bytes]]


def render_docx(
    pack: Pack, labels: Labels, reference: bytes | None, run_worker: RunWorker
) -> tuple[bytes, str]:
    """The document and the versions of what made it.

    Raises:
        ExportStopped: the reference document cannot be used.
    """
    answer, content = run_worker("write_docx", {"pack": pack.to_json(), "labels": labels}, reference or b"")
    if refused := answer.get("refused"):
        raise ExportStopped(_REFUSALS.get(refused, _REFUSALS["unreadable"]))
    return content, str(answer.get("engine", ""))[:100]


_REFUSALS: Mapping[str, str] = {
    "unreadable": "the reference document is no Word document (.docx) that can be read.",
    "linked": "the reference document loads something from outside itself, which would tell others when the"
    " pack is opened; embed its pictures and remove links to templates.",
}

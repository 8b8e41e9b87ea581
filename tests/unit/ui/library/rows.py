"""Documents that exist for the screen only: lists of any length, without an archive."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from archivist.model.browsing import DocumentRow
from archivist.model.document import Document, DocumentKind
from archivist.model.ids import DocumentId, TagId, TextId
from archivist.model.tag import Tag
from archivist.ui.library.model import LibraryModel

TAGS = (Tag(TagId("t1"), "ill-treatment"), Tag(TagId("t2"), "denial of records"))


def ids(count: int, *, begin: int = 0) -> list[DocumentId]:
    return [DocumentId(f"document-{number:06}") for number in range(begin, begin + count)]


def made_row(identity: DocumentId, *, title: str = "", warnings: tuple[str, ...] = ()) -> DocumentRow:
    document = Document(
        id=identity,
        title=title or f"Title of {identity}",
        kind=DocumentKind.PDF,
        sha256="ab" * 32,
        size=3_800_000,
        file_name=f"{identity}.pdf",
        language="en",
        pages=412,
        characters=5000,
        text_id=TextId("text"),
        parent_id=None,
        imported_at=datetime(2024, 5, 2, tzinfo=UTC),
        warnings=warnings,
    )
    return DocumentRow(document, "NHRC Orvenia", "2024-05-02T10:00Z", 5, TAGS, "The register was kept.")


class Source:
    """Answers what a model asks for when told to, and remembers the questions."""

    def __init__(self, model: LibraryModel, make: Callable[[DocumentId], DocumentRow] = made_row) -> None:
        self.model = model
        self.make = make
        self.questions: list[Sequence[DocumentId]] = []
        self.is_prompt = True
        model.rows_wanted.connect(self._hear)

    def answer(self) -> None:
        self.model.take_rows([self.make(identity) for identity in self.questions[-1]])

    def _hear(self, asked: Sequence[DocumentId]) -> None:
        self.questions.append(asked)
        if self.is_prompt:
            self.answer()

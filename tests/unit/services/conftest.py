from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.model.document import Document
from archivist.services.importing import Failed, import_file
from archivist.services.incoming import IncomingFile

TESTIMONY = "The officers came at night. They took my brother. He was beaten. They took my brother."


@pytest.fixture
def testimony(tmp_path: Path) -> IncomingFile:
    path = tmp_path / "testimony.txt"
    path.write_text(TESTIMONY, "utf-8")
    return IncomingFile(path)


@pytest.fixture
def document(archive: Archive, testimony: IncomingFile) -> Document:
    result = import_file(archive, testimony)
    assert not isinstance(result, Failed)
    return result.document

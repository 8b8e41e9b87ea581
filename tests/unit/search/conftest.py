from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.search.index import SearchIndex

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[SearchIndex]:
    index = SearchIndex(folder, KEY, "archive-1")
    yield index
    index.close()

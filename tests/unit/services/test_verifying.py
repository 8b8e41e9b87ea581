from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.model.document import Document
from archivist.services import verifying
from archivist.services.verifying import check_pack, things_to_verify, verify


@pytest.mark.usefixtures("document")
def test_the_number_of_findings_is_known_beforehand(archive: Archive) -> None:
    assert things_to_verify(archive) == len(list(verify(archive))) == 3


def test_a_pack_that_cannot_be_read_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(verifying, "verify_pack", refused)

    (finding,) = check_pack(tmp_path)

    assert finding.level == "error"
    assert "permission denied" in finding.message


def test_a_document_is_known_by_its_id(document: Document, archive: Archive) -> None:
    original = next(finding for finding in verify(archive) if finding.what == "original")

    assert original.id == document.id

from pathlib import Path

import pytest

from archivist.extraction.child import CannotStart, start
from archivist.extraction.sandbox import Sandbox
from archivist.model.sandbox import SafetyLevel
from archivist.packs.writer import write_pack
from tests.unit.packs.samples import exhibits, run_worker, sample


@pytest.mark.parametrize("level", [SafetyLevel.FULL, SafetyLevel.KERNEL])
def test_a_confined_child_writes_the_same_bytes(level: SafetyLevel, tmp_path: Path) -> None:
    _need(level)
    pack = sample("ar")
    free = write_pack(pack, ("html", "docx"), exhibits(pack), tmp_path / "free", run_worker)

    with Sandbox(level) as sandbox:
        confined = write_pack(pack, ("html", "docx"), exhibits(pack), tmp_path / "confined", sandbox.run)

    assert confined.seal == free.seal


def _need(level: SafetyLevel) -> None:
    try:
        start(level).kill()
    except CannotStart:
        pytest.skip(f"this machine has no safety level “{level}”")

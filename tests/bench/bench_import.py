"""Import into an encrypted archive beside the same libraries called bare, in one run.

Budget (DESIGN): ≤ 1.6 × the libraries, ≥ 40 documents/s at ≤ 20 KB of text. Index lag apart.
"""

import time
from pathlib import Path

from archivist.archive.opening import create_archive, open_archive
from archivist.resources import resource
from archivist.services.importing import Imported, ImportResult, import_files
from archivist.services.incoming import Source, find_files
from archivist.services.searching import update_index
from archivist.workers.jobs import extract, prepare

COPIES = 25


def many_documents(folder: Path) -> list[Path]:
    """The sample documents, each many times with other bytes: a comment or trailing bytes tell them apart."""
    made = []
    for sample in sorted(resource("sample/documents").iterdir()):
        if sample.suffix == ".docx":
            continue  # a ZIP cannot be told apart by bytes at its end
        for copy in range(COPIES):
            path = folder / f"{sample.stem}-{copy}{sample.suffix}"
            marks = {".html": f"<!-- {copy} -->", ".pdf": f"\n% {copy}\n"}
            path.write_bytes(sample.read_bytes() + marks.get(sample.suffix, f"\nCopy {copy}.\n").encode())
            made.append(path)
    return made


def test_import_beside_the_libraries_called_bare(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    files = many_documents(tmp_path / "files")
    prepare()

    begun = time.perf_counter()
    for file in files:
        extract({"name": file.name}, file.read_bytes())
    bare = time.perf_counter() - begun

    create_archive(tmp_path / "Bench.archivist", "a passphrase")
    results: list[ImportResult] = []
    with open_archive(tmp_path / "Bench.archivist", "a passphrase") as archive:
        level = archive.sandbox.level
        begun = time.perf_counter()
        import_files(
            archive,
            find_files([tmp_path / "files"], besides=tmp_path / "Bench.archivist", source=Source()),
            on_result=results.append,
        )
        imported = time.perf_counter() - begun
        begun = time.perf_counter()
        update_index(archive)
        lag = time.perf_counter() - begun

    assert all(isinstance(result, Imported) and result.document.characters for result in results)
    print(
        f"\n{len(files)} documents at level {level}: bare {bare:.2f} s, imported {imported:.2f} s"
        f" = {imported / bare:.2f} × bare, {len(files) / imported:.0f} documents/s; index lag {lag:.2f} s"
    )

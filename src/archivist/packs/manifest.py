"""What lies in a pack, told to machines (`manifest.json`), to `sha256sum -c` and to people."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from archivist.model.pack import Pack
from archivist.model.text import sha256_of
from archivist.model.writing import CHECKS
from archivist.packs.labels import Labels

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
VERIFY = "VERIFY.txt"
FORMAT = "archivist-pack/1"


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: its path from the pack's folder, and what it is there for."""

    path: str
    role: str
    sha256: str
    size: int


def manifest(pack: Pack, files: Iterable[PackFile], engines: Mapping[str, str]) -> bytes:
    content = {
        "format": FORMAT,
        "pack": pack.id,
        "date": pack.date.isoformat(),
        "profile": pack.profile,
        "state_hash": sha256_of(pack.to_json()),
        "chain_head": pack.chain_head,
        "archivist": pack.version,
        "writers": dict(engines),
        "files": [asdict(file) for file in sorted(files, key=lambda file: file.path)],
    }
    return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode("ascii")


def sums(files: Iterable[PackFile]) -> bytes:
    """As `sha256sum` writes and checks it."""
    lines = (f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))
    return "".join(lines).encode("ascii")


def instructions(pack: Pack, labels: Labels) -> bytes:
    """The section “How to check this pack” for whoever opens the folder first."""
    steps = [f"{number}. {labels[step]}" for number, step in enumerate(CHECKS, start=1)]
    head = [labels["check"], labels["check_intro"]]
    state = [f"{labels['pack']}: {pack.id}\n{labels['state']}: {pack.chain_head}"]
    return ("\n\n".join(head + steps + state) + "\n").encode("utf-8")

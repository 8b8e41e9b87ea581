"""Where bundled files are, and how a child of ours is started. One place for both."""

import sys
from pathlib import Path


def resource(name: str) -> Path:
    """The bundled file or folder `name`, e.g. `packs/brief`, in a checkout or installed."""
    return _root() / name


def python_command(module: str) -> list[str]:
    """The command that runs `module` in a child: isolated from the user's Python settings."""
    return [sys.executable, "-I", "-m", module]


def _root() -> Path:
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parents[1] / "resources"

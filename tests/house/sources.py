"""The files that are ours, found without git: a bare machine has none."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"__pycache__", "staticfiles", "node_modules"}
KEPT_DOTS = {".ci"}
BINARY = {".png", ".ico", ".woff2", ".jpg"}


def ours(*suffixes: str) -> list[Path]:
    """Every text file of the checkout, or those with one of the suffixes."""
    found = (Path(folder) / name for folder, _, names in _walk() for name in names)
    return sorted(path for path in found if _wanted(path, suffixes))


def _walk() -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if _ours(Path(folder) / name)]
        yield folder, folders, names


def _ours(folder: Path) -> bool:
    hidden = folder.name.startswith(".") and folder.name not in KEPT_DOTS
    return not hidden and folder.name not in NOT_OURS and not (folder / "pyvenv.cfg").exists()


def _wanted(path: Path, suffixes: tuple[str, ...]) -> bool:
    if path.suffix in BINARY or path.name == ".env":
        return False
    return not suffixes or path.suffix in suffixes


def python_sources() -> list[Path]:
    """Python without migrations: those are written by a machine and read by one."""
    return [path for path in ours(".py") if "migrations" not in path.parts]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))

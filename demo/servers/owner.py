"""As whom a server runs, and which folders it can then reach.

PostgreSQL refuses to run as root, so root lends it the account `nobody`, which needs to pass every
folder above its programs and its data. A home of mode 0700, and so a virtual environment below it, stops it.
"""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict


class PopenOwner(TypedDict, total=False):
    """The arguments of Popen that change the account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Owner:
    """The account of a server process; without numbers, our own."""

    uid: int | None = None
    gid: int | None = None

    def popen(self) -> PopenOwner:
        if self.uid is None or self.gid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def take(self, path: Path) -> None:
        """Give the path to this account."""
        if self.uid is not None and self.gid is not None:
            shutil.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether this account may pass every folder above the path."""
        if self.uid is None:
            return True
        return all(self._passes(parent.stat()) for parent in path.resolve().parents)

    def _passes(self, folder: os.stat_result) -> bool:
        if folder.st_uid == self.uid:
            return bool(folder.st_mode & stat.S_IXUSR)
        return bool(folder.st_mode & stat.S_IXOTH)


def unprivileged() -> Owner:
    """Ourselves, or `nobody` when we are root."""
    if os.geteuid() != 0:
        return Owner()
    nobody = pwd.getpwnam("nobody")
    return Owner(uid=nobody.pw_uid, gid=nobody.pw_gid)

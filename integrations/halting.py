"""Whether sync may go on: asked by every turn, call, watch, probe and mail. One small row, read each time.

Two reasons concern all companies at once (`Installation`): an operator *stopped* everything, or the
installation is *paused* because it was restored, copied or moved. One concerns a single company:
`Connection.is_stopped`. None of them loses anything: changes wait, and what Xero has is read afterwards.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Q

from integrations.models import Connection, Installation
from integrations.xero.errors import Halted

HALTING = Q(paused_at__isnull=False) | Q(stopped_at__isnull=False)


@dataclass(frozen=True)
class Halt:
    """Why all companies stand still. `because` is the operator's own reason, or what was found."""

    is_paused: bool
    since: datetime
    because: str

    @property
    def word(self) -> str:
        return "Paused" if self.is_paused else "Stopped"

    @property
    def says(self) -> str:
        """A clause for a list."""
        return "by an operator, for all companies" if not self.is_paused else "for all companies, by us"


def halt() -> Halt | None:
    """Why nothing may go on anywhere; None while all is well. One query."""
    row = Installation.objects.first()
    return halt_of(row) if row is not None else None


def halt_of(row: Installation) -> Halt | None:
    """A pause goes before a stop: only adopting ends it."""
    if row.paused_at is not None:
        return Halt(True, row.paused_at, row.paused_because)
    if row.stopped_at is not None:
        return Halt(False, row.stopped_at, row.stopped_because)
    return None


def is_anything_halted() -> bool:
    return halt() is not None


def everything_stands_still() -> Exists:
    """The same as a part of another query."""
    return Exists(Installation.objects.filter(HALTING))


def require_running(connection_id: int) -> None:
    """Before every call for a company, also in the middle of a turn. Raises Halted; then nothing was sent."""
    found = halt()
    if found is not None:
        raise Halted(f"{found.word} {found.says}.")
    if Connection.objects.filter(pk=connection_id, is_stopped=True).exists():
        raise Halted("Stopped by an operator.")

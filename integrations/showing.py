"""A connection at a glance: a colour's name, a word, one line beneath. Pure, for the pages of this floor."""

from dataclasses import dataclass

from integrations.halting import Halt
from integrations.models import Connection, Episode

State = Connection.State


@dataclass(frozen=True)
class Shown:
    tone: str
    word: str
    says: str


def shown(connection: Connection, episode: Episode | None, found: Halt | None = None) -> Shown:
    """What the list says of a connection; `episode` is the open one, `found` why all stand still, if any."""
    if connection.state == State.DISCONNECTED:
        bound = connection.xero_tenant_id is not None
        return Shown("off", "Disconnected" if bound else "Not connected", "nothing is shared")
    if connection.state == State.AWAITING_DATE:
        return Shown("off", "Waiting for the date", "choose it to start sharing")
    if connection.state == State.REVOKED:
        return Shown("revoked", "Access lost", "changes wait here")
    if found is not None:
        return Shown("off", found.word, f"{found.says}; nothing is lost")
    if connection.is_stopped:
        return Shown("off", "Stopped", "by an operator; nothing is lost")
    if episode is not None and episode.kind == Episode.Kind.UNAVAILABLE:
        return Shown("unavailable", "Xero unavailable", "recovers by itself")
    if connection.missing_scopes:
        return Shown("unavailable", "Update permissions", "Xero asks for more than was given")
    return Shown("connected", "Connected", "kept in step")


def purpose_of(connection: Connection) -> str:
    """What a consent would be for, or the empty text when nothing is to be done: already solved."""
    if connection.state == State.CONNECTED:
        return "permissions" if connection.missing_scopes else ""
    if connection.state == State.AWAITING_DATE:
        return ""
    return "reconnect" if connection.xero_tenant_id else "connect"

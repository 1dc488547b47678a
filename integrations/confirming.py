"""Confirm, then alarm: something looks like lost access; find out before anybody is told.

Only two facts end a connection's life: its permission is dead (the vault says so, see `health`), or
Xero, asked with that permission, no longer lists the organisation or refuses it twice over. What
can't be found out (Xero does not answer, a refresh is under way) is no loss: it is asked again.
"""

from enum import Enum, auto

from integrations import transitions
from integrations.app_list import app_list
from integrations.asking import ask_organisation, entry_of, listed_for
from integrations.backups import switch_to_backup
from integrations.evidence import Sight, sight
from integrations.judging import Signs, judge
from integrations.models import Connection, Grant
from integrations.xero.connections import XeroConnection
from integrations.xero.errors import AccessLost, Unavailable
from integrations.xero.kinds import Kind
from released.clock import now


class Finding(Enum):
    INTACT = auto()
    SWITCHED = auto()
    LOST = auto()


def confirm(connection: Connection, *, seen: list[Sight], listed_for_app: bool | None = None) -> Finding:
    """Ask with the connection's own permission. Raises XeroError when it can't be found out now.

    `seen` is what raised the suspicion, `listed_for_app` what the app's own list said, if it was asked.
    """
    current = Connection.objects.select_related("grant", "company").get(pk=connection.pk)
    if current.state not in transitions.LIVE or current.grant is None:
        return Finding.LOST
    try:
        entry, refused, looked = _look(current, current.grant)
    except AccessLost:
        return Finding.LOST  # the permission itself is dead; `health.grant_died` has marked it
    if entry is not None and not refused:
        _keep_id(current, entry)
        return Finding.INTACT
    return _lost(current, [*seen, *looked], listed=entry is not None, listed_for_app=listed_for_app)


def _look(connection: Connection, grant: Grant) -> tuple[XeroConnection | None, bool, list[Sight]]:
    """The connection's row in the user's list, whether Xero refuses the organisation, and what was seen."""
    listing = listed_for(grant)
    entry = entry_of(listing, connection)
    if entry is None:
        if not listing.is_complete:
            raise Unavailable("Xero’s list of connections could not be read whole.")
        return None, True, [sight("Xero no longer listed the connection for the connecting user.")]
    looked = [sight("Xero still listed the connection for the connecting user.")]
    verdict = ask_organisation(grant, entry.xero_tenant_id)
    if verdict.kind is Kind.PERHAPS_UNLINKED:
        return entry, True, [*looked, sight("Xero refused the organisation when asked again.", verdict.said)]
    if verdict.is_fine or verdict.kind in (Kind.THROTTLED, Kind.SCOPE_MISSING):
        return entry, False, looked
    raise Unavailable(f"Could not be confirmed: {verdict.said}.", retry_after=verdict.retry_after)


def _lost(connection: Connection, seen: list[Sight], *, listed: bool, listed_for_app: bool | None) -> Finding:
    switched, others_see = switch_to_backup(connection, seen)
    if switched:
        return Finding.SWITCHED
    if listed_for_app is None:
        listed_for_app = app_list().holds(connection.xero_connection_id)
    seen = [*seen, *app_sights(listed_for_app)]
    judgement = judge(
        Signs(
            at=now(),
            listed=listed,
            listed_for_app=listed_for_app,
            others_see=others_see,
            organisation_class=connection.organisation_class,
            class_seen_at=connection.class_seen_at,
            organisation_created_at=connection.organisation_created_at,
        )
    )
    transitions.lose_access(connection, cause=judgement.cause, is_certain=judgement.is_certain, evidence=seen)
    return Finding.LOST


def app_sights(listed_for_app: bool | None) -> list[Sight]:
    if listed_for_app is None:
        return [sight("The app’s own list of connections could not be asked.")]
    return [
        sight(f"The app’s own list {'still held' if listed_for_app else 'no longer held'} the connection.")
    ]


def _keep_id(connection: Connection, entry: XeroConnection) -> None:
    """Somebody disconnected and connected again at Xero: the same organisation under another id."""
    if entry.id != connection.xero_connection_id:
        same = Connection.objects.filter(pk=connection.pk, grant=connection.grant)
        same.update(xero_connection_id=entry.id)

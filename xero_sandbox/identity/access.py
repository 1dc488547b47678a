"""Which organisations a user's tokens reach: connections, and the ways of losing them (docs/xero.md B)."""

from __future__ import annotations

from datetime import timedelta

from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.identity.model import Connection, Grant
from xero_sandbox.state import World, new_id


def connect(world: World, grant: Grant, organisation_id: str) -> Connection:
    """Connect one organisation for the user of a grant; a row that was there before lives on."""
    now = world.clock.now()
    row = find_row(world, grant.user_id, organisation_id)
    if row and not row.active and not world.switches["connection_id_survives_reconnect"]:
        del world.connections[row.connection_id]
        row = None
    if row is None:
        row = Connection(new_id(), grant.user_id, organisation_id, grant.auth_event_id, now, now)
        world.connections[row.connection_id] = row
        return row
    if world.switches["reconsent_changes_event"] or not row.active:
        row.auth_event_id = grant.auth_event_id
    row.active, row.ended, row.updated = True, None, now
    return row


def find_row(world: World, user_id: str, organisation_id: str) -> Connection | None:
    rows = world.connections.values()
    return next(
        (row for row in rows if (row.user_id, row.organisation_id) == (user_id, organisation_id)), None
    )


def disconnect(world: World, row: Connection) -> None:
    """Whether others who connected the organisation lose it too, and access tokens with it, is unsettled."""
    every_user = world.switches["disconnect_takes_every_user"]
    for one in list(world.connections.values()) if every_user else [row]:
        if one.active and one.organisation_id == row.organisation_id:
            _end(world, one)


def _end(world: World, row: Connection) -> None:
    row.active, row.ended = False, world.clock.now()
    if world.switches["disconnect_ends_access_tokens"]:
        held = world.identity.access_tokens
        world.identity.access_tokens = {
            token: one for token, one in held.items() if not one.grant or one.grant.user_id != row.user_id
        }
    left = [one for one in world.connections.values() if one.active and one.user_id == row.user_id]
    if not left and world.switches["last_disconnect_ends_grant"]:
        end_grants(world, row.user_id)


def end_grants(world: World, user_id: str) -> None:
    """Kill every refresh token of a user; whether access tokens die with them is unsettled."""
    for grant in world.identity.grants:
        if grant.user_id == user_id:
            grant.revoked = True
    world.identity.scopes.pop(user_id, None)


def revoke(world: World, grant: Grant) -> None:
    end_grants(world, grant.user_id)
    for row in list(world.connections.values()):
        if row.active and row.user_id == grant.user_id:
            disconnect(world, row)


def may_connect(world: World, user_id: str, organisation: Organisation) -> bool:
    """Connecting an app takes the same right as using one."""
    role = world.roles.get((user_id, organisation.organisation_id))
    return role in ("STANDARD", "ADVISER") and not organisation.access_ended


def may_use(world: World, user_id: str, organisation_id: str) -> bool:
    """Whether an API call of this user reaches this organisation now; every no has the same answer."""
    row = find_row(world, user_id, organisation_id)
    organisation = world.organisations.get(organisation_id)
    if row is None or organisation is None or not may_connect(world, user_id, organisation):
        return False
    delay = timedelta(seconds=world.switches["disconnect_delay_seconds"])
    return row.active or (row.ended is not None and world.clock.now() < row.ended + delay)


def listed(world: World, row: Connection) -> bool:
    """Whether /connections shows a row; what it shows after a lost right is unsettled (docs/xero.md B)."""
    organisation = world.organisations.get(row.organisation_id)
    if not row.active or organisation is None:
        return False
    if organisation.access_ended and not world.switches["ended_trial_still_listed"]:
        return False
    role = world.roles.get((row.user_id, row.organisation_id))
    if role is None:
        return bool(world.switches["removed_user_still_listed"])
    return role in ("STANDARD", "ADVISER") or bool(world.switches["lowered_role_still_listed"])

"""The state machine of a connection. Every transition is one transaction, in this module and nowhere else.

Each writes the state, the event and the episode together, so that no crash can leave a red banner
without a lost connection or the other way round, and rings `connection_changed` once committed.

    DISCONNECTED ─bind→ AWAITING_DATE ─confirm_sync_from→ CONNECTED ─lose_access→ REVOKED ─bind→ …

Lock order: the grant before the connection (docs/protocols.md 1). What a caller concluded from an
older reading is dropped when the connection was bound anew meanwhile (`_is_stale`): a late 403 of
the old permission never undoes a new one.
"""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from integrations import signals
from integrations.dates import confirmed, moved
from integrations.episodes import close_open, open_one
from integrations.errors import AlreadyBound, AnotherOrganisation, GrantGone, WrongState
from integrations.evidence import Sight
from integrations.handing_over import how_bound
from integrations.history import facts, record
from integrations.models import Connection, Episode, Grant
from integrations.organisations import Offered
from integrations.own_fault import stopped_since
from released.accounts.models import User
from released.clock import now
from released.portfolio.models import Company

State = Connection.State
LIVE = (State.CONNECTED, State.AWAITING_DATE)
HEARD_EVERY = timedelta(seconds=60)


def bind(company: Company, *, grant: Grant, organisation: Offered, by: User) -> Connection:
    """Bind an organisation after a consent. A date is next, unless it works already: then it is handed over.

    An open episode of lost access stays open until the date is confirmed. Raises AnotherOrganisation,
    AlreadyBound or GrantGone, and then nothing changed.
    """
    try:
        with transaction.atomic():
            return _bind(company, grant, organisation, by)
    except IntegrityError as problem:
        if (
            Connection.objects.filter(xero_tenant_id=organisation.xero_tenant_id)
            .exclude(company=company)
            .exists()
        ):
            raise AlreadyBound from problem
        raise


def _bind(company: Company, grant: Grant, organisation: Offered, by: User) -> Connection:
    alive = Grant.objects.select_for_update(no_key=True).filter(pk=grant.pk, state=Grant.State.ALIVE).first()
    if alive is None:
        raise GrantGone
    Connection.objects.get_or_create(company=company)
    connection = Connection.objects.select_for_update(no_key=True).get(company=company)
    if connection.xero_tenant_id not in (None, organisation.xero_tenant_id):
        raise AnotherOrganisation
    before = facts(connection)
    what, says = how_bound(connection, grant=alive, organisation=organisation.name, by=by)
    _take_up(connection, alive, organisation, by)
    connection.save()
    if not before["xero_tenant_id"]:
        signals.organisation_bound.send(sender=None, connection=connection)
    record(connection, what, says, by=by, before=before)
    signals.ring(connection.pk)
    return connection


def _take_up(connection: Connection, grant: Grant, organisation: Offered, by: User) -> None:
    if connection.state != State.CONNECTED:
        connection.state = State.AWAITING_DATE
    connection.grant = grant
    connection.xero_tenant_id = organisation.xero_tenant_id
    connection.xero_connection_id = organisation.connection_id
    connection.organisation_name = organisation.name
    connection.connected_by = by
    connection.connected_at = now()
    connection.missing_scopes = " ".join(sorted(missing_scopes(grant)))


def missing_scopes(grant: Grant) -> set[str]:
    """The permissions we ask for and this grant does not hold."""
    return set(settings.XERO_SCOPES.split()) - set(grant.scopes.split()) if grant.scopes else set()


@transaction.atomic
def confirm_sync_from(connection: Connection, *, sync_from: date, by: User) -> Connection:
    """Confirm the date after a bind: the connection works from here on, and its lost access is over."""
    current = _locked(connection)
    if current.state != State.AWAITING_DATE:
        raise WrongState(f"{current} is not waiting for a sync-from date.")
    before = facts(current)
    current.state, current.sync_from, current.all_time = State.CONNECTED, sync_from, False
    current.probe_due_at = now() + timedelta(hours=1)
    current.save(update_fields=["state", "sync_from", "all_time", "probe_due_at"])
    record(current, "date_confirmed", confirmed(by, before, sync_from), by=by, before=before)
    close_open(current, how="reconnected", by=by)
    signals.ring(current.pk)
    return current


@transaction.atomic
def change_sync_from(connection: Connection, *, sync_from: date | None, by: User | None) -> Connection:
    """Move the date of a bound connection; None is the old setting "all time", set by a command alone."""
    current = _locked(connection)
    if current.xero_tenant_id is None:
        raise WrongState(f"{current.company} is kept in no organisation.")
    before = facts(current)
    current.sync_from, current.all_time = sync_from, sync_from is None
    current.save(update_fields=["sync_from", "all_time"])
    record(current, "date_changed", moved(by, before, sync_from), by=by, before=before)
    signals.ring(current.pk)
    return current


@transaction.atomic
def lose_access(
    connection: Connection, *, cause: Episode.Cause, is_certain: bool, evidence: list[Sight]
) -> Episode | None:
    """Access is gone: stop, and open the episode that banner and mail are made from. None when stale."""
    current = _locked(connection)
    if current.state not in LIVE or _is_stale(connection, current):
        return None
    before = facts(current)
    current.state = State.REVOKED
    current.save(update_fields=["state"])
    record(current, "access_lost", "Access to Xero was lost. Changes wait in line.", by=None, before=before)
    episode = open_one(current, Episode.Kind.LOST, cause, is_certain=is_certain, evidence=evidence)
    signals.ring(current.pk)
    return episode


@transaction.atomic
def settle_cause(
    episode: Episode, *, cause: Episode.Cause, is_certain: bool, evidence: list[Sight]
) -> Episode | None:
    """More is known about an open episode: its cause, and how sure. None when it was closed meanwhile."""
    current = (
        Episode.objects.select_for_update(no_key=True).filter(pk=episode.pk, closed_at__isnull=True).first()
    )
    if current is None:
        return None
    current.cause, current.is_certain = cause, is_certain
    current.evidence = [*current.evidence, *evidence]
    current.save(update_fields=["cause", "is_certain", "evidence"])
    signals.ring(current.connection_id)
    return current


@transaction.atomic
def restore_access(connection: Connection, *, evidence: list[Sight]) -> Connection | None:
    """Access came back without anybody: back to work, with the date it had. None when that is stale."""
    current = _locked(connection)
    if current.state != State.REVOKED or _is_stale(connection, current):
        return None
    before = facts(current)
    has_date = current.all_time or current.sync_from is not None
    current.state = State.CONNECTED if has_date else State.AWAITING_DATE
    current.xero_connection_id = connection.xero_connection_id
    current.probe_due_at = now() + timedelta(hours=1)
    current.save(update_fields=["state", "xero_connection_id", "probe_due_at"])
    record(
        current,
        "access_restored",
        "Xero gives access again; nobody had to reconnect.",
        by=None,
        before=before,
    )
    close_open(current, how="by itself", evidence=evidence)
    signals.ring(current.pk)
    return current


@transaction.atomic
def switch_grant(
    connection: Connection, *, grant: Grant, xero_connection_id: UUID, evidence: list[Sight]
) -> bool:
    """Another person's permission for the same organisation takes over without an alarm. False when stale."""
    alive = Grant.objects.select_for_update(no_key=True).filter(pk=grant.pk, state=Grant.State.ALIVE).exists()
    current = _locked(connection)
    if not alive or current.state not in LIVE or _is_stale(connection, current):
        return False
    before = facts(current)
    current.grant, current.xero_connection_id = grant, xero_connection_id
    current.missing_scopes = " ".join(sorted(missing_scopes(grant)))
    current.save(update_fields=["grant", "xero_connection_id", "missing_scopes"])
    says = f"{grant.xero_user_name or 'Another Xero user'}’s permission took over: {evidence[0]['saw']}"
    record(current, "switched", says, by=None, before=before)
    signals.ring(current.pk)
    return True


@transaction.atomic
def note_unavailable(connection: Connection, *, evidence: list[Sight]) -> Episode | None:
    """Xero's trouble, access intact: never red. None when an episode is open, or the trouble is our own."""
    current = _locked(connection)
    if current.state not in LIVE or current.episodes.filter(closed_at__isnull=True).exists():
        return None
    if stopped_since(current) is not None:
        return None
    record(current, "unavailable", "Xero is unavailable. We try again by ourselves.", by=None)
    cause = Episode.Cause.OUTAGE
    episode = open_one(current, Episode.Kind.UNAVAILABLE, cause, is_certain=True, evidence=evidence)
    signals.ring(current.pk)
    return episode


def note_available(connection: Connection) -> None:
    """Xero answered well: remembered at most once a minute, and an outage is over."""
    heard = Q(heard_at__isnull=True) | Q(heard_at__lt=now() - HEARD_EVERY)
    Connection.objects.filter(heard, pk=connection.pk).update(heard_at=now())
    outages = Episode.objects.filter(
        connection=connection, closed_at__isnull=True, kind=Episode.Kind.UNAVAILABLE
    )
    if outages.exists():
        _end_outage(connection)


@transaction.atomic
def _end_outage(connection: Connection) -> None:
    current = _locked(connection)
    if close_open(current, how="by itself", kind=Episode.Kind.UNAVAILABLE):
        record(current, "available", "Xero is available again.", by=None)
        signals.ring(current.pk)


@transaction.atomic
def disconnect(connection: Connection, *, by: User | None) -> Connection:
    """Stop sharing on purpose. Bond, date, documents and numbers stay; Xero's side is removed next."""
    current = _locked(connection)
    if current.state == State.DISCONNECTED:
        return current
    before = facts(current)
    current.state = State.DISCONNECTED
    current.save(update_fields=["state"])
    who = by or "An operator"
    record(current, "disconnected", f"{who} disconnected {current.organisation_name}.", by=by, before=before)
    close_open(current, how="disconnected", by=by)
    signals.ring(current.pk)
    return current


@transaction.atomic
def release(connection: Connection, *, by: User | None, reason: str) -> Connection:
    """An operator lets a disconnected company go from its organisation, with a recorded reason."""
    current = _locked(connection)
    if current.state != State.DISCONNECTED:
        raise WrongState(f"{current.company} is still connected: disconnect it first.")
    if current.xero_tenant_id is None:
        raise WrongState(f"{current.company} is kept in no organisation.")
    before, name = facts(current), current.organisation_name
    signals.organisation_released.send(sender=None, connection=current)
    for field in ("xero_tenant_id", "xero_connection_id", "grant", "class_seen_at", "organisation_created_at",
                  "period_lock_date", "end_of_year_lock_date", "sync_from", "connected_at"):  # fmt: skip
        setattr(current, field, None)
    current.organisation_name = current.organisation_class = current.base_currency = ""
    current.all_time = False
    current.save()
    record(current, "released", f"Released from {name}: {reason}", by=by, before=before)
    signals.ring(current.pk)
    return current


@transaction.atomic
def need_scopes(connection: Connection, *, scopes: set[str], evidence: list[Sight]) -> Connection:
    """A permission is missing: asks for "update permissions", a consent and not an alarm."""
    current = _locked(connection)
    wanted = " ".join(sorted(scopes | set(current.missing_scopes.split())))[:500]
    if wanted == current.missing_scopes or _is_stale(connection, current):
        return current
    current.missing_scopes = wanted
    current.save(update_fields=["missing_scopes"])
    said = "; ".join(one["said"] for one in evidence if one["said"])
    record(current, "scopes_missing", f"Xero asks for more permission: {wanted}. {said}".strip(), by=None)
    signals.ring(current.pk)
    return current


def _locked(connection: Connection) -> Connection:
    locked = Connection.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("company").get(pk=connection.pk)


def _is_stale(seen: Connection, current: Connection) -> bool:
    """Whether the connection was bound anew since `seen` was read."""
    return seen.grant_id != current.grant_id or seen.connected_at != current.connected_at

"""Taking a connection away at Xero: by its own id, never by a token, never one that anybody uses.

Revoking a token would cut off every company of that Xero user, in every account (docs/xero.md A).
"""

import logging
from functools import partial
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q

from integrations.asking import entry_of, listed_for
from integrations.backups import backups_of
from integrations.models import Connection, Consent, Grant
from integrations.organisations import Offered
from integrations.xero import connections, oauth, vault
from integrations.xero.errors import AccessLost, XeroError

logger = logging.getLogger(__name__)
State = Connection.State
PAUSE = 60


def remove_unneeded(consent: Consent, organisation: Offered) -> bool:
    """After a refusal: remove it at Xero if this consent created it and nothing in any account uses it."""
    created_by_it = organisation.created_at is not None and organisation.created_at >= consent.created_at
    if not created_by_it or consent.grant is None or is_used(organisation):
        return False
    try:
        _delete(organisation.connection_id, consent.grant)
    except XeroError as problem:
        # Left at Xero it costs one of the app's connections and harms nobody; the person can remove it there.
        logger.warning("a refused connection was left at Xero: %s", type(problem).__name__)
        return False
    return True


def is_used(organisation: Offered) -> bool:
    """Whether any company of any account works with it, or another consent is about to."""
    by_id = Q(xero_connection_id=organisation.connection_id) | Q(xero_tenant_id=organisation.xero_tenant_id)
    if Connection.objects.filter(by_id).exclude(state=State.DISCONNECTED).exists():
        return True
    asked = [{"connection_id": str(organisation.connection_id)}]
    return Consent.objects.filter(outcome=Consent.Outcome.CHOOSE, offered__contains=asked).exists()


def remove_at_xero(connection: Connection) -> bool:
    """Remove what a disconnected company has left at Xero; False when that must be tried again."""
    current = Connection.objects.filter(pk=connection.pk).select_related("grant").get()
    left: UUID | None = current.xero_connection_id
    if current.state != State.DISCONNECTED or left is None:
        return True
    try:
        _remove_backups(current)
        if _is_disconnected(current):
            _delete(left, current.grant)
    except XeroError as problem:
        if not problem.is_permanent:
            logger.warning("connection %s is still to be removed at Xero: %s", current.pk, problem)
            return False
        logger.info("connection %s: nothing left at Xero that we may remove: %s", current.pk, problem)
    unchanged = Connection.objects.filter(pk=current.pk, state=State.DISCONNECTED, xero_connection_id=left)
    unchanged.update(xero_connection_id=None)
    return True


def _remove_backups(connection: Connection) -> None:
    """What other people's consents for this company left at Xero: disconnected means that none is left.

    The organisation is this company's alone, so nothing else can be using it.
    """
    for grant in backups_of(connection):
        try:
            entry = entry_of(listed_for(grant), connection)
            if entry is not None and _is_disconnected(connection):
                _delete(entry.id, grant)
        except XeroError as problem:
            if not problem.is_permanent:
                raise
            logger.info("connection %s: a backup was left at Xero: %s", connection.pk, problem)


def _is_disconnected(connection: Connection) -> bool:
    """Asked again just before: somebody may have reconnected while Xero was listing."""
    return Connection.objects.filter(pk=connection.pk, state=State.DISCONNECTED).exists()


def remove_leftovers() -> int:
    """What is still to be removed is a query: disconnected companies that hold a connection id. For beat."""
    left = Connection.objects.filter(state=State.DISCONNECTED, xero_connection_id__isnull=False)
    due = [one for one in left.order_by("pk")[:50] if cache.add(f"remove:{one.pk}", 1, PAUSE)]
    return sum(remove_at_xero(connection) for connection in due)


def _delete(connection_id: UUID, grant: Grant | None) -> None:
    """With the user's own token; with the app's where the user's is gone and the app may."""
    if grant is not None and grant.state == Grant.State.ALIVE:
        vault.using(grant.pk, partial(connections.delete, connection_id))
        return
    token = oauth.app_token()
    if token is None:
        raise AccessLost("The permission is gone, and the app may not remove connections.")
    connections.delete(connection_id, token)

"""Back from Xero: exchange the code, save the tokens whatever comes next, find out what was granted.

Every consent saves its tokens on the Xero user's grant, also one that is refused here afterwards:
a new consent may have ended the older tokens (docs/xero.md A), and other companies hang on them.
"""

import logging
from dataclasses import dataclass

from integrations.binding import showable, take_organisation
from integrations.choosing import choose
from integrations.consents import settle
from integrations.errors import GrantGone
from integrations.installation import require_awake
from integrations.models import Connection, Consent, Grant
from integrations.organisations import Offered
from integrations.permissions import note_permissions
from integrations.xero import connections, oauth, vault
from integrations.xero.errors import (
    AccessLost,
    Halted,
    IdentityUnproven,
    Misconfigured,
    Refused,
    XeroError,
)
from released.accounts.models import User
from released.clock import now

logger = logging.getLogger(__name__)
Outcome = Consent.Outcome


@dataclass(frozen=True)
class TakenUp:
    """A grant with the tokens of this consent."""

    grant: Grant
    access_token: str


def return_with_code(consent: Consent, code: str, *, by: User) -> Consent:
    """All that follows a yes at Xero. Never raises what Xero can do: the consent says how it ended."""
    try:
        require_awake()
        taken = take_up(consent, code)
        consent.grant = taken.grant
        return find_organisation(consent, taken, by=by)
    except Misconfigured as problem:
        logger.warning("consent %s: %s", consent.pk, problem)  # the edge has told the operator
        return settle(consent, Outcome.MISCONFIGURED)
    except Halted:
        return settle(consent, Outcome.PAUSED)
    except (Refused, AccessLost, GrantGone) as problem:
        logger.info("consent %s: %s", consent.pk, problem)
        return settle(consent, Outcome.EXPIRED)
    except IdentityUnproven as problem:
        logger.warning("consent %s: %s", consent.pk, problem)
        return settle(consent, Outcome.FAILED)
    except XeroError as problem:
        logger.warning("consent %s: %s", consent.pk, problem)
        return settle(consent, Outcome.UNAVAILABLE)


def take_up(consent: Consent, code: str) -> TakenUp:
    """Exchange the code and save its tokens. That it began is committed first (docs/protocols.md 1)."""
    vault.begin_exchange(consent.pk)
    try:
        tokens = oauth.exchange_code(code, consent.code_verifier, oauth.redirect_uri())
    except Refused:
        vault.abandon_exchange(consent.pk)
        raise
    identity = oauth.verify_id_token(tokens.id_token, consent.nonce)
    grant = vault.save_consent(consent.pk, tokens, identity)
    _look_again_at_others(grant, consent)
    return TakenUp(grant, tokens.access_token)


def _look_again_at_others(grant: Grant, consent: Consent) -> None:
    """The permission lives again, and may cover more: other companies that lost it or lack some are back."""
    others = Connection.objects.filter(grant=grant, state=Connection.State.REVOKED)
    others.exclude(company_id=consent.company_id).update(probe_due_at=now())
    note_permissions(grant, besides=consent.company_id)


def find_organisation(consent: Consent, taken: TakenUp, *, by: User) -> Consent:
    """What was granted: bound or refused at once when it is clear, else the person is asked."""
    event_id = oauth.authentication_event_id(taken.access_token)
    listed = offered_by(taken.access_token)
    expected = (
        Connection.objects.filter(company=consent.company).values_list("xero_tenant_id", flat=True).first()
    )
    choice = choose(listed, event_id=event_id, since=consent.created_at, expected=expected)
    if choice.chosen is not None:
        return take_organisation(consent, choice.chosen, by=by)
    candidates = showable(consent, choice.candidates)
    consent.offered = [one.to_json() for one in candidates]
    return settle(consent, Outcome.CHOOSE if candidates else Outcome.NONE_GRANTED)


def offered_by(access_token: str) -> list[Offered]:
    """Every organisation that this Xero user has connected through us."""
    return [
        Offered(
            connection_id=one.id,
            xero_tenant_id=one.xero_tenant_id,
            name=one.name,
            auth_event_id=str(one.auth_event_id or ""),
            created_at=one.created_at,
            updated_at=one.updated_at,
        )
        for one in connections.list_for(access_token)
    ]

"""Who may send a mail: claims by the database's clock, one short transaction each.

A claim is checked against the facts (every loss in the mail still open, the person still to be told). A claim
whose owner died is taken over after CLAIM_SECONDS, with the same Message-ID. Only the claim's owner settles.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet

from integrations.models import Episode, OperatorAlert
from notifications.connection_notices import KINDS, is_notice_owed
from notifications.due import ALL_CLEAR_UNTIL, Kind
from notifications.holding_back import may_go
from notifications.models import Mail, MailAlert, MailDocument, MailEpisode, MailEvent
from notifications.operator_alerts import is_alert_owed
from notifications.recipients import People
from notifications.refusals import is_refusal_owed
from released.clock import now
from released.clock.database import ClockTimestamp, database_now

CLAIM_SECONDS = 180
LONGEST_ERROR = 500
BACKOFF = [timedelta(seconds=seconds) for seconds in (15, 30, 60, 120, 300, 900, 1800, 3600)]
State = Mail.State


@dataclass(frozen=True)
class Claim:
    """The right to send one mail."""

    mail: Mail
    id: UUID


def to_send() -> QuerySet[Mail]:
    """Frozen mails, and claimed ones whose owner is dead; the oldest first."""
    dead = Q(state=State.CLAIMED, claimed_at__lt=ClockTimestamp() - timedelta(seconds=CLAIM_SECONDS))
    return Mail.objects.filter(Q(state=State.FROZEN) | dead).order_by("frozen_at", "pk")


@transaction.atomic
def claim(mail_id: UUID) -> Claim | None:
    """Take the mail; None when another has it, when it must wait, or when it was voided just now."""
    locked = to_send().select_for_update(skip_locked=True, of=("self",))
    mail = locked.filter(pk=mail_id).first()
    if mail is None or not may_go(mail):
        return None
    if not is_still_owed(mail):
        void(mail)
        return None
    if mail.not_before is not None and mail.not_before > database_now():
        return None
    taken = Claim(mail, uuid4())
    Mail.objects.filter(pk=mail.pk).update(
        state=State.CLAIMED, claim=taken.id, claimed_at=ClockTimestamp(), not_before=None
    )
    return taken


def is_still_owed(mail: Mail) -> bool:
    """Every loss in it still open and the person still to be told; an all-clear only asks for permission."""
    if mail.recipient is None:
        return is_alert_owed(mail)
    if mail.kind == Kind.REFUSED:
        return is_refusal_owed(mail)
    if mail.kind in KINDS:
        return is_notice_owed(mail)
    people, person, episodes = People(), mail.recipient, list(episodes_of(mail))
    if mail.kind == Kind.RECOVERED:
        fresh = all(one.closed_at and one.closed_at > now() - ALL_CLEAR_UNTIL for one in episodes)
        return fresh and all(people.is_able(person, one.connection.company) for one in episodes)
    return all(one.closed_at is None and people.is_told(person, one) for one in episodes)


def episodes_of(mail: Mail) -> QuerySet[Episode]:
    return Episode.objects.filter(mails__mail=mail).select_related("connection__company")


def void(mail: Mail) -> None:
    """It says what is no longer so. Its unique rows are released: what is still owed is frozen anew."""
    Mail.objects.filter(pk=mail.pk).update(state=State.VOID, claim=None, claimed_at=None)
    for rows in (MailEpisode, MailEvent, MailDocument, MailAlert):
        rows._default_manager.filter(mail=mail).update(is_void=True)


def mark_try(held: Claim) -> bool:
    """Committed before sending: from here on the person may have read it. False if the claim is not ours."""
    return bool(_mine(held).update(tries=F("tries") + 1))


@transaction.atomic
def settle(held: Claim) -> bool:
    """The mail server said yes."""
    done = _mine(held).update(state=State.SENT, sent_at=now(), claim=None, claimed_at=None, last_error="")
    if done and held.mail.kind == Kind.OPERATOR:
        OperatorAlert.objects.filter(mails__mail=held.mail).update(mailed_at=now())
    return bool(done)


def give_back(held: Claim, *, error: str, was_refused: bool) -> bool:
    """Tried later. A certain refusal takes its try back, since nobody can have read the mail."""
    delay = BACKOFF[min(held.mail.refusals, len(BACKOFF) - 1)]
    return bool(
        _mine(held).update(
            state=State.FROZEN,
            claim=None,
            claimed_at=None,
            tries=F("tries") - (1 if was_refused else 0),
            refusals=F("refusals") + 1,
            not_before=ClockTimestamp() + delay,
            last_error=error[:LONGEST_ERROR],
        )
    )


def _mine(held: Claim) -> QuerySet[Mail]:
    return Mail.objects.filter(pk=held.mail.pk, state=State.CLAIMED, claim=held.id)

"""Sends what is frozen: claim, commit the try, check the clock, send, settle (docs/protocols.md 4).

A crash at any point loses nothing: the claim ages and is taken over. It can repeat a mail only between the
mail server's yes and our commit, and then with the same Message-ID.
"""

import logging
from uuid import UUID

from integrations.xero.deadline import elapsed_clock
from integrations.xero.steps import reach
from notifications import claims
from notifications.claims import Claim
from notifications.models import Mail
from notifications.post import Reply, post

log = logging.getLogger(__name__)

START_WITHIN = 30.0
AT_ONCE = 100


def send_due() -> int:
    """Send every mail that is due; how many the mail server took."""
    waiting = claims.to_send().values_list("pk", flat=True)[:AT_ONCE]
    return sum(send(mail_id) for mail_id in list(waiting))


def send(mail_id: UUID) -> bool:
    """One mail, if it is still owed and nobody else has it; whether the mail server took it."""
    began = elapsed_clock()
    held = claims.claim(mail_id)
    if held is None:
        return False
    reach("notices.claimed")
    if not claims.mark_try(held):
        return False
    reach("notices.tried")
    if elapsed_clock() - began > START_WITHIN:
        claims.give_back(held, error="too late to send", was_refused=True)
        return False
    reply, error = post(held.mail)
    reach("notices.answered")
    return conclude(held, reply, error)


def conclude(held: Claim, reply: Reply, error: str) -> bool:
    """Write down what the mail server said."""
    mail: Mail = held.mail
    if reply is Reply.TAKEN:
        claims.settle(held)
        log.info("Sent %s mail %s.", mail.kind, mail.pk)
        return True
    log.warning("Mail %s was not taken and is tried later (%s): %s", mail.pk, reply.value, error)
    claims.give_back(held, error=error, was_refused=reply is Reply.REFUSED)
    return False

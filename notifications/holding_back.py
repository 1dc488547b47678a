"""When no mail may go to people: while the installation is paused, and until what was adopted is compared.

A restored database owes mails that went out long ago. So after `manage.py adopt` they wait for the
comparison of every company that works, which shows what is still so; an hour at most.
"""

from datetime import timedelta

from integrations.installation import look, the_row
from integrations.models import Connection
from notifications.models import Mail
from released.clock import now

PATIENCE = timedelta(hours=1)
ABOUT_PAUSE = "paused"


def is_paused() -> bool:
    found = look()
    return found is not None and found.is_paused


def are_people_held_back() -> bool:
    """Whether mails to people wait."""
    if is_paused():
        return True
    adopted_at = the_row().adopted_at
    if adopted_at is None or adopted_at < now() - PATIENCE:
        return False
    return Connection.objects.filter(
        must_reconcile=True, state=Connection.State.CONNECTED, is_stopped=False
    ).exists()


def may_go(mail: Mail) -> bool:
    """Asked when the mail is claimed. While paused the operator hears of the pause and of nothing else."""
    if mail.kind != Mail.Kind.OPERATOR:
        return not are_people_held_back()
    return not is_paused() or mail.alerts.filter(alert__kind=ABOUT_PAUSE).exists()

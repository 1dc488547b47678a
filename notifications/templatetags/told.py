"""Who was told of an episode, for the pages of a lower floor: `{% who_was_told episode %}`."""

from typing import Any

from django import template

from integrations.models import Episode
from notifications.models import Mail, MailEpisode
from released.accounts.permissions import MANAGE_ADDONS
from released.portfolio.access import holders

register = template.Library()


@register.inclusion_tag("notifications/_told.html")
def who_was_told(episode: Episode) -> dict[str, Any]:
    """By mail, with when; and by banner, which everybody sees who manages add-ons of the company."""
    company = episode.connection.company
    mails = MailEpisode.objects.filter(episode=episode, is_void=False).exclude(mail__state=Mail.State.VOID)
    return {
        "mails": mails.select_related("mail__recipient").order_by("mail__frozen_at"),
        "banner": [str(person) for person in holders(company, MANAGE_ADDONS)],
        "zone": company.timezone,
    }

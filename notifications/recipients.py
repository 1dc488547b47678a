"""Who is told of a company's lost access.

Whoever connected it, if active and still holding manage add-ons for that company; else everybody else who
holds it. Asked when a mail is frozen and again when it is claimed, because people leave in between.
"""

from integrations.models import Episode
from released.accounts.models import Membership, User
from released.accounts.permissions import MANAGE_ADDONS
from released.portfolio.models import Company


class People:
    """Who holds manage add-ons, read once per account; for one pass of the sender and no longer."""

    def __init__(self) -> None:
        self._read: dict[int, list[Membership]] = {}

    def able(self, company: Company) -> list[User]:
        """The active people who may reconnect the company, by name."""
        known = self._read.get(company.account_id)
        if known is None:
            known = self._read[company.account_id] = list(memberships(company.account_id))
        return [membership.user for membership in known if company.reached_by(membership)]

    def told(self, episode: Episode) -> list[User]:
        """The people who get mails about the episode; nobody when nobody holds the permission."""
        able = self.able(episode.connection.company)
        connecting = [user for user in able if user.pk == episode.told_id]
        return connecting or able

    def is_told(self, user: User, episode: Episode) -> bool:
        return any(one.pk == user.pk for one in self.told(episode))

    def is_able(self, user: User, company: Company) -> bool:
        return any(one.pk == user.pk for one in self.able(company))


def memberships(account_id: int) -> "list[Membership]":
    """The living memberships of active people whose role holds manage add-ons, by the person's name."""
    found = Membership.objects.filter(
        account_id=account_id,
        is_active=True,
        user__is_active=True,
        role__permissions__contains=[MANAGE_ADDONS],
    )
    return list(found.select_related("user", "role").order_by("user__name", "user__pk"))

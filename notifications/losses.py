"""The open losses that a person may know of: one query over a partial index, however many companies."""

from django.db.models import Count, OuterRef, QuerySet, Subquery

from integrations.causes import words_for
from integrations.frequency import WINDOW
from integrations.models import Connection, Episode
from notifications.banners import Loss
from released.accounts.models import Membership
from released.accounts.permissions import MANAGE_ADDONS
from released.clock import now
from released.portfolio.models.company import CompanyLimit

# What the sentences need, and nothing of the grant's tokens, which would be decrypted with the row.
COLUMNS = (
    "opened_at", "cause", "is_certain", "evidence",
    "waiting", "waiting_income", "waiting_expenses", "due_soon",
    "connection", "connection__state", "connection__organisation_name", "connection__organisation_class",
    "connection__company", "connection__company__name",
    "connection__company__currency", "connection__company__locale", "connection__company__timezone",
    "connection__grant", "connection__grant__xero_user_name",
)  # fmt: skip


def open_losses(membership: Membership) -> list[Loss]:
    """Nothing, without a query, for those who do not hold manage add-ons."""
    if not membership.allows(MANAGE_ADDONS):
        return []
    episodes = open_episodes(membership).annotate(times=times_lost())
    return [as_loss(episode, times=episode.times) for episode in episodes]


def open_episodes(membership: Membership) -> QuerySet[Episode]:
    """Limits are applied inside the query, so that they cost none of their own."""
    found = (
        Episode.objects.filter(
            kind=Episode.Kind.LOST,
            closed_at__isnull=True,
            connection__company__account_id=membership.account_id,
        )
        .select_related("connection__company", "connection__grant")
        .only(*COLUMNS)
        .order_by()
    )
    if not membership.is_limited:
        return found
    limits = CompanyLimit.objects.filter(membership=membership).values("company_id")
    return found.filter(connection__company_id__in=limits)


def times_lost() -> Subquery:
    """How often the connection lost its access within thirty days, the open loss included."""
    recent = Episode.objects.filter(
        connection_id=OuterRef("connection_id"), kind=Episode.Kind.LOST, opened_at__gt=now() - WINDOW
    )
    counted = recent.order_by().values("connection_id").annotate(number=Count("pk"))
    return Subquery(counted.values("number"))


def as_loss(episode: Episode, *, times: int | None) -> Loss:
    connection = episode.connection
    company = connection.company
    return Loss(
        episode_id=episode.pk,
        company_id=company.pk,
        company=company.name,
        since=episode.opened_at,
        cause=words_for(episode).clause,
        is_certain=episode.is_certain,
        currency=company.currency,
        locale=company.locale,
        zone=company.timezone,
        waiting=episode.waiting,
        income=episode.waiting_income,
        expenses=episode.waiting_expenses,
        due_soon=episode.due_soon,
        times=times or 1,
        needs_date=connection.state == Connection.State.AWAITING_DATE,
    )

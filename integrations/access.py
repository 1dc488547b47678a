"""What a person may reach of the integrations; what is not here does not exist for them."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from integrations.models import Connection, Episode
from released.accounts.access import membership_of, signed_in
from released.accounts.backends import memberships_of
from released.accounts.middleware import SESSION_KEY
from released.accounts.models import Membership
from released.accounts.permissions import MANAGE_ADDONS
from released.portfolio import access as portfolio
from released.portfolio.models import Company


def company_for(request: HttpRequest, company_id: int) -> Company:
    """The company of a link, in whichever of the person's own accounts it is; else Http404.

    A link in a mail must not be a dead end for somebody who works in two accounts: the account
    they work in follows the link, as if they had switched to it first.
    """
    try:
        return portfolio.company(membership_of(request), company_id)
    except Http404:
        membership = _other_membership(request, company_id)
        request.session[SESSION_KEY] = membership.account_id
        request.membership = membership  # type: ignore[attr-defined]
        return portfolio.company(membership, company_id)


def _other_membership(request: HttpRequest, company_id: int) -> Membership:
    for membership in memberships_of(signed_in(request)):
        if portfolio.companies(membership).filter(pk=company_id).exists():
            return membership
    raise Http404("no such company")


def connection(membership: Membership, company_id: int) -> Connection:
    """The connection of a company that the membership reaches; Http404 for any other company.

    For a company that was never connected: one that is not saved (`pk` is None), state disconnected.
    """
    return connection_of(portfolio.company(membership, company_id))


def connection_of(company: Company) -> Connection:
    """A company's connection with grant and company; unsaved when it was never connected."""
    found = (
        Connection.objects.filter(company=company).select_related("company", "grant", "connected_by").first()
    )
    return found or Connection(company=company)


def connections(membership: Membership) -> QuerySet[Connection]:
    """Every connection of the companies that the membership reaches."""
    reached = portfolio.companies(membership)
    return Connection.objects.filter(company__in=reached).select_related("company", "grant", "connected_by")


def manageable_companies(membership: Membership) -> QuerySet[Company]:
    """The companies for which the membership may manage add-ons."""
    return portfolio.companies_allowing(membership, MANAGE_ADDONS)


def open_episode(connection: Connection) -> Episode | None:
    """What is wrong with the connection at present, if anything."""
    episodes = Episode.objects.filter(connection_id=connection.pk, closed_at__isnull=True)
    return episodes.select_related("connection__grant", "connection__company", "told").first()

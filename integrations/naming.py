"""Companies as an operator names them at a command line: by id, or by exact name."""

from django.core.management.base import CommandError

from integrations.models import Connection
from released.portfolio.models import Company


def company_named(given: str) -> Company:
    """The one company; raises CommandError that says what is wrong, and which ids a shared name has."""
    found = list(Company.objects.filter(name=given).select_related("account").order_by("pk"))
    if not found and given.isdigit():
        found = list(Company.objects.filter(pk=int(given)).select_related("account"))
    if not found:
        raise CommandError(f"There is no company “{given}”. Give its id or its exact name.")
    if len(found) > 1:
        ids = ", ".join(f"{one.pk} ({one.account})" for one in found)
        raise CommandError(f"Several companies are called “{given}”: {ids}. Give the id.")
    return found[0]


def connection_named(given: str) -> Connection:
    """The connection of the one company; raises CommandError when it was never connected."""
    company = company_named(given)
    connection = Connection.objects.filter(company=company).select_related("company").first()
    if connection is None:
        raise CommandError(f"{company} has never been connected to Xero.")
    return connection

"""New companies, and the people that they deal with."""

from django.db import transaction

from released.accounts.models import Account
from released.portfolio.folding import fold_name
from released.portfolio.models import Company, Contact
from released.portfolio.signals import company_created


@transaction.atomic
def create_company(account: Account, name: str, *, currency: str = "GBP") -> Company:
    """A company of the account; higher floors lay down what it needs in the same transaction."""
    company = Company.objects.create(account=account, name=name, currency=currency)
    company_created.send(Company, company=company)
    return company


def contact_named(company: Company, name: str) -> Contact:
    """The active contact of that name, in whichever case it is written, or a new one.

    Names are unique among a company's active contacts, so that no person is there twice.
    """
    known = Contact.objects.filter(company=company, folded=fold_name(name), is_archived=False).first()
    return known or Contact.objects.create(company=company, name=name)

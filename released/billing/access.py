"""The documents a person may reach; what is not here does not exist for them."""

from django.db.models import QuerySet
from django.http import Http404

from released.accounts.models import Membership
from released.accounts.permissions import VIEW
from released.billing.models import Document
from released.portfolio.access import companies_allowing


def documents(membership: Membership) -> QuerySet[Document]:
    """Every document of the companies whose income and expenses the membership may see."""
    return Document.objects.filter(company__in=companies_allowing(membership, VIEW))


def document(membership: Membership, document_id: int) -> Document:
    """One document; raises Http404 for every other, foreign, limited away or unknown alike."""
    rows = documents(membership).select_related(
        "company__account", "contact", "tenancy__premises", "created_by"
    )
    found = rows.filter(pk=document_id).first()
    if found is None:
        raise Http404("no such document")
    return found

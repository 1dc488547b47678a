"""What is managed: companies, their properties and tenancies, and whom they deal with."""

from released.portfolio.models.company import Company, CompanyLimit
from released.portfolio.models.contact import Contact
from released.portfolio.models.premises import Property, Tenancy

__all__ = ["Company", "CompanyLimit", "Contact", "Property", "Tenancy"]

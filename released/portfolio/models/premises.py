from django.db import models

from released.portfolio.models.company import Company
from released.portfolio.models.contact import Contact


class Property(models.Model):
    """A building, or a part of one, that a company owns."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="properties")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name_plural = "properties"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Tenancy(models.Model):
    """An agreement under which a lessee rents part of a property."""

    premises = models.ForeignKey(Property, on_delete=models.PROTECT, related_name="tenancies")
    lessee = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="tenancies")
    unit = models.CharField(max_length=60)
    rent = models.DecimalField(max_digits=12, decimal_places=2, help_text="A month, without tax.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "tenancies"
        ordering = ["unit"]

    def __str__(self) -> str:
        return f"{self.unit}, {self.lessee}"

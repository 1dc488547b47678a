from django.db import models

from released.portfolio.models import Company

FIRST_NUMBER = 1_000_001


class NumberSequence(models.Model):
    """A company's next local number: seven digits, never used twice."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, primary_key=True, related_name="+")
    next_number = models.PositiveIntegerField(default=FIRST_NUMBER)

    def __str__(self) -> str:
        return str(self.next_number)

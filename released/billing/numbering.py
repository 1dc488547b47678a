"""Local numbers: seven digits, one sequence for each company, never used twice.

The row's lock makes two people who raise documents at once wait for each other for the length
of one short transaction; a rolled-back transaction leaves no gap.
"""

from released.billing.models import NumberSequence
from released.portfolio.models import Company


def take_number(company: Company) -> int:
    """The company's next local number. Raises TransactionManagementError outside a transaction."""
    return take_numbers(company, 1).start


def take_numbers(company: Company, count: int) -> range:
    """The next `count` local numbers at once."""
    NumberSequence.objects.get_or_create(company=company)
    sequence = NumberSequence.objects.select_for_update().get(company=company)
    taken = range(sequence.next_number, sequence.next_number + count)
    sequence.next_number = taken.stop
    sequence.save(update_fields=["next_number"])
    return taken

"""A company without approved documents has nothing to match: it takes Xero's chart for its own.

So people choose from the accounts that their books really have. Assets, liabilities and equity are
left out, since our chart knows income and expenses only.
"""

from decimal import Decimal

from integrations.models import Connection
from released.billing.charts import OutsideAccount, OutsideRate, adopt_chart
from sync.matching.chart import SIDES, Chart, Entry, option_of
from sync.matching.usage import approved
from sync.models.matching import Sort


def adopt_if_blank(connection: Connection, read: Chart) -> bool:
    """In the caller's transaction. Whether it was adopted."""
    if not read.entries or approved(connection).exists():
        return False
    entries = [entry for entry in read.entries if entry.is_active]
    adopt_chart(
        connection.company,
        accounts=[_account(one) for one in entries if one.sort == Sort.ACCOUNT and _side(one)],
        rates=[_rate(one) for one in entries if one.sort == Sort.TAX_TYPE and "rate" in one.detail],
        tracking={
            one.name: [option_of(other.key)[1] for other in entries if option_of(other.key)[0] == one.key]
            for one in entries
            if one.sort == Sort.TRACKING_CATEGORY
        },
    )
    return True


def _side(entry: Entry) -> str:
    return SIDES.get(entry.detail["class"], "")


def _account(entry: Entry) -> OutsideAccount:
    return OutsideAccount(code=entry.key, name=entry.name or entry.key, group=_side(entry))


def _rate(entry: Entry) -> OutsideRate:
    """Where Xero does not say what it can be applied to, it is offered for both."""
    return OutsideRate(
        tax_type=entry.key,
        name=entry.name or entry.key,
        rate=Decimal(entry.detail["rate"]),
        for_income=entry.detail.get("income", True),
        for_expenses=entry.detail.get("expense", True),
    )

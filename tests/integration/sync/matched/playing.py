"""A chart in Xero that is not ours, and what was sent there by which name."""

from typing import Any

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from sync.matching.settling import set_match
from sync.models import DocumentLink
from sync.models.matching import Sort
from tests.factories.accounts import member
from tests.integration.sync.conftest import in_xero
from tests.sandbox import HARBOUR_VIEW, Sandbox

SALES = {"code": "4000", "name": "Rents received", "class": "REVENUE", "tax_type": "EXEMPTOUTPUT"}
MORE = {"code": "4100", "name": "Other income", "class": "REVENUE", "tax_type": "EXEMPTOUTPUT"}
REPAIRS = {"code": "7000", "name": "Repairs and maintenance", "class": "EXPENSE", "tax_type": "INPUT2"}


def person_of(connection: Connection) -> User:
    return member(connection.company.account)


def chart(sandbox: Sandbox, *accounts: dict[str, Any], **rest: Any) -> None:
    """Xero has these accounts and no others."""
    sandbox.do("chart", organisation=HARBOUR_VIEW, accounts=list(accounts), **rest)


def matched(connection: Connection, **accounts: str | None) -> None:
    """`_200="4000"`: our 200 is Xero's 4000 from now on."""
    by = person_of(connection)
    for ours, theirs in accounts.items():
        set_match(connection, Sort.ACCOUNT, ours.removeprefix("_"), theirs, by=by)


def codes_there(sandbox: Sandbox, document: Document) -> list[str]:
    """The account codes of its lines in Xero."""
    xero_id = str(DocumentLink.objects.get(document=document).xero_id)
    found = next(row for row in in_xero(sandbox) if row["id"] == xero_id)
    return [line["account_code"] for line in found["lines"]]


def codes_here(document: Document) -> list[str]:
    return list(document.line_items.values_list("account_code", flat=True))


def writes(sandbox: Sandbox) -> int:
    """Of documents and contacts, since the record was cleared."""
    return sum(
        row["method"] in ("PUT", "POST") for row in sandbox.see("record", path="/api.xro/")["requests"]
    )

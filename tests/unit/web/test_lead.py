"""What home says at its top: nobody is told that all is well while a company stands still."""

from datetime import date
from uuid import UUID

import pytest

from integrations.models import Connection
from released.portfolio.models import Company
from released.web.lead import lead
from sync.pages.condition import Condition
from sync.pages.overview import Overview
from sync.pages.strip import Strip
from sync.pages.tally import Tally

State = Connection.State
WELL = "Nothing needs doing: everything looks after itself."
STRIP = Strip(date(2026, 9, 1), date(2026, 9, 30), {}, "", 0)
TONES = {State.CONNECTED: "connected", State.REVOKED: "revoked"}
BOUND = UUID(int=1)


def row(
    name: str, state: str | None = State.CONNECTED, *, tone: str = "", conflicts: int = 0, scopes: str = ""
) -> Overview:
    connection = None
    if state is not None:
        connection = Connection(state=state, missing_scopes=scopes, xero_tenant_id=BOUND)
    condition = Condition(tone or TONES.get(State(state or State.DISCONNECTED), "off"), "", "", 0)
    tally = Tally(conflicts=conflicts)
    return Overview(Company(name=name), connection, condition, None, None, None, tally, STRIP)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], ""),
        ([row("Mill")], WELL),
        ([row("Mill", tone="unavailable")], WELL),
        ([row("Mill", None), row("Row", None)], "No company is connected to Xero yet."),
        ([row("Mill", State.DISCONNECTED)], "No company is connected to Xero."),
        ([row("Mill", None), row("Row")], "Mill is not connected. The others look after themselves."),
        ([row("Mill", None), row("Row", State.REVOKED)], "Row needs reconnecting. Mill is not connected."),
        ([row("Mill", State.AWAITING_DATE)], "Mill waits for its sync-from date."),
        (
            [row("Mill", State.REVOKED), row("Row", State.AWAITING_DATE), row("Court")],
            "Mill needs reconnecting. Row waits for its sync-from date. The others look after themselves.",
        ),
        ([row("Mill", conflicts=1)], "Mill has documents to decide on."),
        (
            [row("Mill", State.DISCONNECTED, conflicts=1), row("Row")],
            "Mill is not connected. The others look after themselves.",
        ),
        ([row("Mill", tone="off"), row("Row", tone="off")], "Mill and Row stand still for now."),
        (
            [row("Mill", tone="unavailable", scopes="accounting.settings.read")],
            "Mill needs its permissions updated.",
        ),
        (
            [*(row(name, None) for name in "ABCD"), row("Mill")],
            "4 companies are not connected. The others look after themselves.",
        ),
    ],
)
def test_the_lead_by_table(rows: list[Overview], says: str) -> None:
    assert lead(rows) == says

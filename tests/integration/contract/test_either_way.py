"""Whatever is true of what nobody knows about Xero, a company can connect, read and send, once each."""

from typing import Any

import pytest

from released.billing.models import Document, Kind
from tests.integration.sync.conftest import approved, ask, fresh_minute, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox
from xero_sandbox.switches import CHOICES

ALONE = [(name, value) for name, choices in CHOICES.items() for value in choices[1:]]


@pytest.mark.parametrize(("name", "value"), ALONE, ids=[f"{name}={value}" for name, value in ALONE])
def test_a_week_goes_well_with_one_fact_otherwise(
    transactional_db: None, sandbox: Sandbox, name: str, value: Any
) -> None:
    sandbox.switch(**{name: value})
    live_through_a_week(sandbox)


@pytest.mark.parametrize("seed", [4, 9, 12, 17])
def test_a_week_goes_well_however_the_switches_lie(
    transactional_db: None, sandbox: Sandbox, seed: int
) -> None:
    sandbox.do("switches", draw=seed)
    live_through_a_week(sandbox)


def live_through_a_week(sandbox: Sandbox) -> None:
    """Connect, read what is there, send one of each kind; all of it is in Xero once."""
    fresh_minute()
    sandbox.switch(redirect_uri_check="relaxed")
    connection = sandbox.connection()
    sync(connection)
    made = [approved(connection, kind=kind) for kind in Kind]
    ask(connection)
    ask(connection)
    ours = sandbox.see("documents", organisation=HARBOUR_VIEW, from_the_app=1)["documents"]
    assert len(ours) == len(made)
    assert sandbox.see("record")["doubles"] == []
    for document in Document.objects.filter(pk__in=[one.pk for one in made]):
        assert document.shared_revision == document.revision

"""Whatever is true of what nobody knows about Xero, a company can connect, read and send, once each."""

import pytest

from released.billing.models import Document, Kind
from tests.integration.sync.conftest import approved, ask, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


@pytest.mark.parametrize("seed", [4, 9, 12, 17])
def test_a_week_goes_well_however_the_switches_lie(
    transactional_db: None, sandbox: Sandbox, seed: int
) -> None:
    sandbox.do("switches", draw=seed)
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

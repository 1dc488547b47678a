"""A comparison that a more thorough run takes over from begins anew: it has seen an older state."""

from datetime import timedelta

from integrations.models import Connection
from released.clock import now, today
from sync.asking import ask_sync
from sync.models import Reconciliation, Run
from sync.runs import begin_run, enter
from tests.integration.sync.conftest import sync
from tests.integration.sync.test_reading import living
from tests.sandbox import Sandbox


def test_days_compared_before_are_compared_again(connection: Connection, sandbox: Sandbox) -> None:
    sync(connection)
    told = Reconciliation.objects.latest("pk").compared_from
    run = begin_run(connection, Run.Trigger.NIGHTLY)
    enter(run, Run.Phase.COMPARE)
    half_way = Reconciliation.objects.create(
        connection=connection, run=run, at=now(), compared_from=told, next_day=today() + timedelta(days=400)
    )
    ask_sync(connection, by=None)
    sync(connection)
    run.refresh_from_db()
    assert (run.trigger, run.result) == (Run.Trigger.MANUAL, "done")
    assert not Reconciliation.objects.filter(pk=half_way.pk).exists()
    assert Reconciliation.objects.latest("pk").compared == len(living(sandbox))

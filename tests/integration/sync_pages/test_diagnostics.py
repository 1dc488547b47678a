"""The file for support: the whole story of a connection, and nothing secret, personal or about money."""

import json
from typing import Any

import pytest
from django.test import Client

from integrations import transitions
from integrations.evidence import sight
from integrations.models import Connection, Episode, Grant
from released.clock import now
from sync.models import Run
from sync.pages.diagnostics import masked
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def download(admin: Client, connection: Connection) -> Any:
    answer = admin.get(f"/settings/add-ons/xero/{connection.company_id}/diagnostics/")
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith('attachment; filename="diagnostics-')
    return answer.json()


@pytest.fixture
def lost_often(cast: Cast, connected: Connection) -> Connection:
    """Lost three times, twice back by hand of a person."""
    for _ in range(3):
        connected.refresh_from_db()
        cause = Episode.Cause.GRANT_BROKEN
        said = "400 invalid_grant for daniel@northgate.example"
        evidence = [sight("Xero refused to renew the permission.", said)]
        transitions.lose_access(connected, cause=cause, is_certain=False, evidence=evidence)
        Episode.objects.filter(closed_at__isnull=True).update(
            closed_at=now(), closing={"how": "reconnected", "by": "Daniel Okafor", "evidence": []}
        )
        Connection.objects.update(state=Connection.State.CONNECTED)
    says = "Xero refused priya@northgate.example"
    moment = {"started_at": now(), "began_at": now()}
    Run.objects.create(connection=connected, trigger=Run.Trigger.MANUAL, says=says, **moment)
    return connected


def test_it_tells_the_story(admin: Client, lost_often: Connection) -> None:
    story = download(admin, lost_often)
    assert story["often"] == "3 times in 30 days"
    assert [one["cause"] for one in story["episodes"]] == ["grant_broken"] * 3
    assert story["episodes"][0]["evidence"][0]["saw"] == "Xero refused to renew the permission."
    assert story["connection"]["xero_tenant_id"] == str(lost_often.xero_tenant_id)
    assert story["permission"]["state"] == "alive"
    assert "often_lost" in [one["what"] for one in story["events"]]


def test_nothing_secret_and_nobody_is_in_it(admin: Client, cast: Cast, lost_often: Connection) -> None:
    grant = Grant.objects.get(connections=lost_often)
    told = json.dumps(download(admin, lost_often))
    for unwanted in (
        grant.access_token,
        grant.refresh_token,
        grant.xero_user_name,
        grant.xero_user_email,
        str(grant.xero_user_id),
        cast.admin.name,
        "daniel@northgate.example",
        "priya@northgate.example",
    ):
        assert unwanted not in told


def test_a_company_that_was_never_connected_has_no_story(admin: Client, cast: Cast) -> None:
    answer = admin.get(f"/settings/add-ons/xero/{cast.castlegate.pk}/diagnostics/")
    assert set(answer.json()) == {"made_at", "company"}


def test_masking_reaches_every_depth() -> None:
    kept = {"closing": {"by": "Daniel", "evidence": [{"said": "to daniel@northgate.example"}]}, "waiting": 3}
    assert masked(kept) == {"closing": {"evidence": [{"said": "to d…@n….example"}]}, "waiting": 3}

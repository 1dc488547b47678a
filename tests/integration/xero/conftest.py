"""Grants to put in danger: deaths are noted, and the database's time is moved instead of waited for."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from integrations.models import Grant
from integrations.xero.vault import dying, register_death
from released import clock

CLAIM_TIMES = ("claimed_at", "first_claimed_at", "last_sent_at", "cool_until")

Deaths = list[tuple[int, list[dict[str, Any]]]]


@pytest.fixture
def deaths(monkeypatch: pytest.MonkeyPatch) -> Deaths:
    """What a grant's death would tell the connections; nothing else hears of it here."""
    told: Deaths = []
    monkeypatch.setattr(dying, "_registered", [])
    register_death(lambda grant, evidence: told.append((grant.pk, evidence)))
    return told


def expire(grant: Grant) -> Grant:
    """Its access token ended a minute ago."""
    return put(grant, expires_at=clock.now() - timedelta(minutes=1))


def pass_seconds(grant: Grant, seconds: float) -> Grant:
    """As if so much of the database's time had passed since the claim."""
    moved = {name: F(name) - timedelta(seconds=seconds) for name in CLAIM_TIMES}
    return put(grant, **moved)


def put(grant: Grant, **fields: Any) -> Grant:
    Grant.objects.filter(pk=grant.pk).update(**fields)
    return again(grant)


def again(grant: Grant) -> Grant:
    return Grant.objects.get(pk=grant.pk)

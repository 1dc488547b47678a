"""What Xero tells us: believed only when signed, and then only that something happened."""

import base64
import hashlib
import hmac
import json
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from integrations.models import Connection
from sync.models import DocumentLink, Run, Schedule, WebhookEvent
from tests.integration.sync.conftest import again, approved, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


def post(body: bytes, *, key: str | None = None) -> Any:
    signature = hmac.new((key or settings.XERO_WEBHOOK_KEY).encode(), body, hashlib.sha256).digest()
    return Client().post(
        reverse("xero-webhooks"),
        data=body,
        content_type="application/json",
        headers={"x-xero-signature": base64.b64encode(signature).decode()},
    )


def told(connection: Connection, **fields: Any) -> bytes:
    event = {
        "resourceId": "a1000000-0000-4000-8000-000000000001",
        "eventDateUtc": "2026-09-14T09:29:29.923",
        "eventType": "UPDATE",
        "eventCategory": "INVOICE",
        "tenantId": str(connection.xero_tenant_id),
    }
    return json.dumps({"events": [event | fields], "entropy": "x"}).encode()


def test_a_signed_event_wakes_the_pull(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    sync(connection)
    xero_id = str(DocumentLink.objects.get(document=made).xero_id)
    sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set={"reference": "Told"})
    assert post(told(connection, resourceId=xero_id)).status_code == 200
    sync(connection)
    assert again(made).reference == "Told"
    assert Run.objects.filter(trigger=Run.Trigger.WEBHOOK, result="done").exists()
    assert not WebhookEvent.objects.filter(handled_at=None).exists()


def test_the_intent_to_receive_is_answered(db: None) -> None:
    body = b'{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3"}'
    assert post(body).status_code == 200
    refused = post(body, key="another key")
    assert (refused.status_code, refused.content, refused.cookies) == (401, b"", {})


def test_a_forged_body_is_not_even_parsed(connection: Connection) -> None:
    assert post(b"{{{", key="another key").status_code == 401
    assert not WebhookEvent.objects.exists()


@pytest.mark.parametrize("body", [b"{{{", b"[]", b'{"events":[{"odd":1}]}', b'{"events":[{"tenantId":"x"}]}'])
def test_a_signed_oddity_is_answered_and_kept_out(db: None, body: bytes) -> None:
    assert post(body).status_code == 200
    assert not WebhookEvent.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"resourceId": None},
        {"resourceId": "a\x00b"},
        {"resourceId": {"id": 1}},
        {"eventCategory": None, "eventType": 7, "eventDateUtc": None},
        {"eventCategory": "x" * 300, "eventDateUtc": ["\x00"]},
    ],
)
def test_an_event_wakes_whatever_else_it_says(connection: Connection, odd: dict[str, Any]) -> None:
    assert post(told(connection, **odd)).status_code == 200
    assert WebhookEvent.objects.count() == 1
    assert Schedule.objects.get().is_wanted


def test_an_event_may_say_nothing_but_its_organisation(connection: Connection) -> None:
    body = json.dumps({"events": [{"tenantId": str(connection.xero_tenant_id)}]}).encode()
    assert post(body).status_code == 200
    assert Schedule.objects.get().is_wanted


def test_an_unknown_organisation_wakes_nobody(connection: Connection) -> None:
    post(told(connection, tenantId="a1000000-0000-4000-8000-000000000009"))
    assert not Schedule.objects.filter(is_wanted=True).exists()


def test_many_posts_ask_for_one_turn(connection: Connection) -> None:
    with patch("sync.webhooks.ring") as ring:
        for _ in range(5):
            post(told(connection))
    ring.assert_called_once_with(connection.pk)
    assert WebhookEvent.objects.count() == 5


def test_asking_by_hand_is_not_forgotten_over_a_webhook(connection: Connection) -> None:
    Schedule.objects.create(connection=connection, is_wanted=True, wanted_because=Run.Trigger.MANUAL)
    post(told(connection))
    assert Schedule.objects.get().wanted_because == Run.Trigger.MANUAL

"""Tracking goes to Xero with its lines, and an edit of something else leaves alone what stands there."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from integrations.models import Connection
from released.accounts.models import User
from released.billing.contents import contents_of
from released.billing.models import Document
from released.billing.recording import edit_document
from tests.factories import billing
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, sync
from tests.sandbox import Sandbox

MILL_LANE = {"category": "Property", "option": "Mill Lane"}
ORCHARD = {"category": "Property", "option": "Orchard Row"}
SOUTH = {"category": "Region", "option": "South"}


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


def last_written(sandbox: Sandbox) -> dict[str, Any]:
    rows = sandbox.see("writes", path="Invoices")["writes"]
    written: dict[str, Any] = json.loads(rows[-1]["body"])["Invoices"][0]
    return written


@transaction.atomic
def edited(document: Document, person: User, **changes: Any) -> None:
    fresh = again(document)
    contents = replace(contents_of(fresh), **changes)
    edit_document(fresh, contents, by=person, revision=fresh.revision)


def test_tracking_travels_with_its_line(connection: Connection, sandbox: Sandbox, person: User) -> None:
    made = approved(connection, lines=(billing.line(tracking=(MILL_LANE, SOUTH)),))
    sync(connection)
    assert last_written(sandbox)["LineItems"][0]["Tracking"] == [
        {"Name": "Property", "Option": "Mill Lane"},
        {"Name": "Region", "Option": "South"},
    ]
    (held,) = contents_of(again(made)).lines
    edited(made, person, lines=(replace(held, tracking=(ORCHARD,)),))
    sync(connection)
    assert last_written(sandbox)["LineItems"][0]["Tracking"] == [
        {"Name": "Property", "Option": "Orchard Row"}
    ]
    assert not again(made).is_pending


def test_an_edit_of_something_else_sends_no_lines(
    connection: Connection, sandbox: Sandbox, person: User
) -> None:
    made = approved(connection, lines=(billing.line(tracking=(MILL_LANE,)),))
    sync(connection)
    edited(made, person, reference="Another reference")
    sync(connection)
    assert "LineItems" not in last_written(sandbox)
    assert again(made).line_items.get().tracking == [MILL_LANE]

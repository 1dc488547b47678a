"""Contacts of one name: Xero may hold several, here each active one has a name of its own."""

from uuid import uuid4

import pytest
from django.db import transaction

from integrations.models import Connection
from released.portfolio.models import Contact
from sync.canonical import ContactFields
from sync.pull.contact_ids import ours_by_xero_id
from sync.scope import scope_of


@pytest.mark.parametrize("at_once", [True, False])
def test_three_namesakes_read_in_whatever_order(connection: Connection, at_once: bool) -> None:
    """Found by the stateful test: the third met the number that the second had been given."""
    scope, fields = scope_of(connection), ContactFields("Typed in Xero", "")
    pages = [{uuid4(): fields, uuid4(): fields, uuid4(): fields}] if at_once else []
    pages = pages or [{uuid4(): fields} for _ in range(3)]
    with transaction.atomic():
        for page in pages:
            ours_by_xero_id(scope, page)
    names = set(Contact.objects.filter(company=connection.company).values_list("name", flat=True))
    assert names == {"Typed in Xero", "Typed in Xero (2)", "Typed in Xero (3)"}

"""Contacts of one name: Xero may hold several, here each active one has a name of its own."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from integrations.models import Connection
from released.portfolio.models import Contact
from sync.canonical import ContactFields
from sync.models import ContactLink
from sync.pull.contact_ids import ours_by_xero_id
from sync.pull.contacts import apply_contacts
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


A, B, C = uuid4(), uuid4(), uuid4()
BEFORE = {A: "Smith New", B: "Smith", C: "Jones"}
MOVES = {
    "in a chain": {B: "Smith Old", A: "Smith", C: "Smith New"},
    "in a circle": {A: "Smith", B: "Jones", C: "Smith New"},
    "two change places": {A: "Smith", B: "Smith New"},
}


def read(connection: Connection, names: dict[UUID, str]) -> None:
    """One page of Xero's."""
    page = [{"ContactID": str(one), "Name": name} for one, name in names.items()]
    with transaction.atomic():
        apply_contacts(scope_of(connection), page)


def names_of(connection: Connection) -> dict[UUID, str]:
    links = ContactLink.objects.filter(connection=connection, xero_id__in=BEFORE)
    return {link.xero_id: link.contact.name for link in links.select_related("contact") if link.xero_id}


@pytest.mark.parametrize("made", list(permutations(BEFORE)))
@pytest.mark.parametrize("move", list(MOVES))
def test_names_that_move_from_contact_to_contact_all_arrive(
    connection: Connection, move: str, made: tuple[UUID, ...]
) -> None:
    for one in made:
        read(connection, {one: BEFORE[one]})
    read(connection, MOVES[move])
    assert names_of(connection) == BEFORE | MOVES[move]
    rows = Contact.objects.filter(link__xero_id__in=BEFORE)
    assert [row.revision - row.shared_revision for row in rows] == [0, 0, 0]


@pytest.mark.parametrize("made", [(A, B), (B, A)])
def test_a_name_is_taken_once_its_bearer_is_archived(connection: Connection, made: tuple[UUID, ...]) -> None:
    for one in made:
        read(connection, {one: BEFORE[one]})
    with transaction.atomic():
        gone = {"ContactID": str(B), "Name": "Smith", "ContactStatus": "ARCHIVED"}
        apply_contacts(scope_of(connection), [{"ContactID": str(A), "Name": "Smith"}, gone])
    assert names_of(connection) == {A: "Smith", B: "Smith"}


def test_a_name_that_was_not_free_is_taken_when_it_is_read_again(connection: Connection) -> None:
    read(connection, BEFORE)
    read(connection, {A: "Smith"})
    assert names_of(connection)[A] == "Smith New"
    read(connection, {B: "Smith Old"})
    read(connection, {A: "Smith"})
    assert names_of(connection) == BEFORE | {A: "Smith", B: "Smith Old"}

"""The judge of the stateful test is judged: it sees what is wrong and lets pass what is in order."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django import Settings

from released.billing.models import Document, Kind
from sync.models import Conflict, DocumentLink
from tests.integration.sync.stateful import hands, there
from tests.integration.sync.stateful.drawing import ACTS, LEADS, draw
from tests.integration.sync.stateful.oracle import judge
from tests.integration.sync.stateful.playing import Player
from tests.integration.sync.stateful.tally import Tally
from tests.integration.sync.stateful.world import ORGANISATION, Row, World, fresh_world
from tests.sandbox import Sandbox

Spoil = Callable[[World, Document], object]


@pytest.fixture
def player(transactional_db: None, sandbox: Sandbox, settings: Settings) -> Player:
    settings.DEBUG = True
    made = Player(fresh_world(sandbox, Tally(), 1))
    hands.raise_one(made.world, Kind.INVOICE, approved=True, days_ago=3)
    made.turn()
    return made


def only(world: World) -> Document:
    return Document.objects.get(company=world.connection.company)


def row(world: World) -> Row:
    return world.rows()[0]


def said(player: Player) -> str:
    player.note()
    return "\n".join([*player.world.wrong, *judge(player.world), *player.world.not_owed])


def a_difference(world: World, document: Document) -> None:
    there.edit_there(world, row(world), "reference")


def an_unsent_edit(world: World, document: Document) -> None:
    hands.edit_here(world, document, "reference")


def a_lost_link(world: World, document: Document) -> None:
    DocumentLink.objects.all().delete()


def a_conflict_of_one_hand(world: World, document: Document) -> None:
    hands.edit_here(world, document, "reference")
    Conflict.objects.create(
        connection=world.connection, document=document, ours={}, theirs={}, clashing=["reference"],
        opened_at=timezone.now(),
    )  # fmt: skip


def an_overwritten_edit(world: World, document: Document) -> None:
    """Both wrote, nobody chose, and both sides hold ours."""
    a_difference(world, document)
    hands.edit_here(world, document, "reference")
    ours = only(world).reference
    world.do("edit-document", document=row(world)["id"], set={"reference": ours})


def an_edit_that_vanished(world: World, document: Document) -> None:
    hands.edit_here(world, document, "reference")
    Document.objects.update(reference=row(world)["reference"])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (a_difference, "in Xero 'there"),
        (an_unsent_edit, "pending"),
        (a_lost_link, "made in Xero by us and forgotten"),
        (a_conflict_of_one_hand, "not owed"),
        (an_overwritten_edit, "won without a word"),
        (an_edit_that_vanished, "was written, and both sides hold"),
    ],
)
def test_what_is_wrong_is_seen(player: Player, spoil: Spoil, words: str) -> None:
    assert said(player) == ""
    spoil(player.world, only(player.world))
    assert words in said(player)


def test_a_second_document_with_our_address_is_seen(player: Player) -> None:
    line = {"Description": "Twice", "Quantity": 1, "UnitAmount": 1, "AccountCode": "200", "TaxType": "NONE"}
    typed = {
        "Type": "ACCREC",
        "Contact": {"Name": "Twice"},
        "Url": row(player.world)["url"],
        "LineItems": [line],
    }
    there.enter(player.world.sandbox, ORGANISATION, "Invoices", typed)
    assert "in Xero twice" in said(player)


def test_a_seed_names_its_sequence_and_everything_comes_round() -> None:
    assert draw(7) == draw(7) != draw(8)
    drawn = [step for seed in range(len(LEADS)) for step in draw(seed)]
    assert {step.act for step in drawn} == set(ACTS)
    assert set(LEADS) <= {(step.act, step.word) for step in drawn}

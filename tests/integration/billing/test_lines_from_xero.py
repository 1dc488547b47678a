"""Lines that only Xero would make stand in nobody's way: what is not about them can be changed here."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from released.billing import recording
from released.billing.contents import contents_of
from released.billing.errors import Incomplete
from released.billing.models import Document, LineItem
from released.billing.writing import UnknownTaxType
from tests.factories import document
from tests.factories.cast import Cast
from tests.integration.billing.conftest import SignIn
from tests.integration.billing.entering import form_of, words

pytestmark = pytest.mark.django_db
LATER = date(2030, 1, 1)


@pytest.fixture
def described(cast: Cast) -> Document:
    """With a line of words alone behind the one with money."""
    made = document(cast.harbour_view)
    nothing = {"quantity": 0, "unit_amount": 0, "line_amount": 0, "tax_amount": 0}
    LineItem.objects.create(document=made, position=1, description="for May", **nothing)
    return made


@pytest.fixture
def foreign(cast: Cast) -> Document:
    """Booked to a tax type that is not in our list, with tax that we could not reckon."""
    made = document(cast.harbour_view)
    made.line_items.update(tax_type="MOSS", tax_amount=Decimal("237.50"))
    Document.objects.filter(pk=made.pk).update(total_tax=Decimal("237.50"), total=Decimal("1487.50"))
    made.refresh_from_db()
    return made


def test_a_due_date_changes_beside_a_line_that_only_describes(cast: Cast, described: Document) -> None:
    entered = replace(contents_of(described), due_date=LATER)
    made = recording.edit_document(described, entered, by=cast.manager, revision=described.revision)
    assert (made.due_date, made.line_items.count()) == (LATER, 2)


def test_such_a_line_stays_while_another_changes(cast: Cast, described: Document) -> None:
    before = contents_of(described)
    dearer = replace(before.lines[0], unit_amount=Decimal(1300))
    entered = replace(before, lines=(dearer, before.lines[1]))
    made = recording.edit_document(described, entered, by=cast.manager, revision=described.revision)
    assert made.total == Decimal("1300.00")
    other = replace(entered, lines=(dearer, replace(before.lines[1], description="for June")))
    with pytest.raises(Incomplete, match="Line 2: choose an account"):
        recording.edit_document(made, other, by=cast.manager, revision=made.revision)


def test_a_reference_changes_and_what_xero_reckoned_stays(cast: Cast, foreign: Document) -> None:
    entered = replace(contents_of(foreign), reference="HV4")
    made = recording.edit_document(foreign, entered, by=cast.manager, revision=foreign.revision)
    assert (made.reference, made.total) == ("HV4", Decimal("1487.50"))
    assert made.line_items.get().tax_amount == Decimal("237.50")
    other = replace(entered, lines=(replace(entered.lines[0], unit_amount=Decimal(1)),))
    with pytest.raises(UnknownTaxType):
        recording.edit_document(made, other, by=cast.manager, revision=made.revision)


def test_a_due_date_is_still_needed(cast: Cast, described: Document) -> None:
    entered = replace(contents_of(described), due_date=None)
    with pytest.raises(Incomplete, match="Give a due date"):
        recording.edit_document(described, entered, by=cast.manager, revision=described.revision)


@pytest.mark.parametrize("which", ["described", "foreign"])
def test_the_form_saves_it(cast: Cast, sign_in: SignIn, which: str, request: pytest.FixtureRequest) -> None:
    made: Document = request.getfixturevalue(which)
    address = f"{made.get_absolute_url()}edit/"
    browser = sign_in(cast.manager)
    answer = browser.post(address, form_of(made, reference="HV4"))
    assert answer.status_code == 302, words(answer)
    before, made = made, Document.objects.get(pk=made.pk)
    assert (made.reference, made.total, made.line_items.count()) == (
        "HV4", before.total, before.line_items.count(),
    )  # fmt: skip

"""Tracking on the lines of a document: chosen in the form, kept when untouched, two at most on a line."""

from collections.abc import Callable

import pytest

from released.billing.forms.tracking import Tracked
from released.billing.models import Document, Kind, TrackingCategory, TrackingOption
from tests.factories import document, line
from tests.factories.cast import Cast
from tests.integration.billing.conftest import SignIn
from tests.integration.billing.entering import Posted, form, form_of, row, words

pytestmark = pytest.mark.django_db
WEST, NORTH = {"category": "Block", "option": "West"}, {"category": "Region", "option": "North"}
Track = Callable[..., None]


@pytest.fixture
def track(cast: Cast) -> Track:
    """Give Harbour View a category with its options."""

    def _track(name: str, *options: str) -> None:
        category = TrackingCategory.objects.create(company=cast.harbour_view, name=name)
        TrackingOption.objects.bulk_create(TrackingOption(category=category, name=one) for one in options)

    return _track


def new(cast: Cast, kind: str = "invoice", query: str = "") -> str:
    return f"/income-and-expenses/new/{kind}/?company={cast.harbour_view.pk}{query}"


def picked(place: int = 0, **options: str) -> Posted:
    return {f"lines-{place}-{Tracked(name, []).name}": option for name, option in options.items()}


def test_without_categories_the_form_has_no_tracking(cast: Cast, sign_in: SignIn) -> None:
    assert "tracking" not in words(sign_in(cast.manager).get(new(cast)))


def test_a_new_line_takes_what_was_chosen(cast: Cast, sign_in: SignIn, track: Track) -> None:
    track("Block", "East", "West")
    track("Region", "North")
    browser = sign_in(cast.manager)
    page = words(browser.get(new(cast)))
    assert page.index(">Block<") < page.index(">Region<")
    assert '<option value="West">West</option>' in page
    browser.post(new(cast), form(cast, row(0) | picked(Block="West", Region="")))
    assert Document.objects.get().line_items.get().tracking == [WEST]


def test_an_option_of_nobodys_is_refused(cast: Cast, sign_in: SignIn, track: Track) -> None:
    track("Block", "East", "West")
    answer = sign_in(cast.manager).post(new(cast), form(cast, row(0) | picked(Block="Moon")))
    assert answer.status_code == 422
    assert "Moon is not one of the available choices" in words(answer)


def test_an_edit_changes_one_and_keeps_the_other(cast: Cast, sign_in: SignIn, track: Track) -> None:
    track("Block", "East", "West")
    made = document(cast.harbour_view, lines=(line(tracking=(WEST, NORTH)),))
    address = f"{made.get_absolute_url()}edit/"
    browser = sign_in(cast.manager)
    page = words(browser.get(address))
    assert '<option value="West" selected>West</option>' in page
    assert '<option value="North" selected>North (not in this company’s list)</option>' in page
    browser.post(address, form_of(made) | picked(Block="East", Region="North"))
    after = Document.objects.get()
    assert after.line_items.get().tracking == [{"category": "Block", "option": "East"}, NORTH]
    assert after.events.get().says == "Edited by Priya Shah: line changed: Rent, Flat 4"


def test_untouched_it_is_no_change(cast: Cast, sign_in: SignIn, track: Track) -> None:
    track("Block", "East", "West")
    made = document(cast.harbour_view, lines=(line(tracking=(WEST, NORTH)),))
    address = f"{made.get_absolute_url()}edit/"
    for posted in (form_of(made), form_of(made) | picked(Block="West", Region="North")):
        sign_in(cast.manager).post(address, posted)
    after = Document.objects.get()
    assert after.revision == made.revision
    assert after.line_items.get().tracking == [WEST, NORTH]


def test_a_line_takes_two_at_most(cast: Cast, sign_in: SignIn, track: Track) -> None:
    track("Block", "West")
    track("Fund", "A")
    made = document(cast.harbour_view, lines=(line(tracking=(NORTH,)),))
    posted = form_of(made) | picked(Block="West", Fund="A", Region="North")
    answer = sign_in(cast.manager).post(f"{made.get_absolute_url()}edit/", posted)
    assert answer.status_code == 422
    assert "Xero takes two of these on a line at most." in words(answer)


def test_adding_lines_keeps_what_was_chosen(cast: Cast, sign_in: SignIn, track: Track) -> None:
    track("Block", "East", "West")
    posted = form(cast, row(0) | picked(Block="West"), step="add")
    assert '<option value="West" selected>West</option>' in words(
        sign_in(cast.manager).post(new(cast), posted)
    )


def test_a_credit_note_takes_over_what_its_invoice_was_booked_to(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view, lines=(line(account_code="666", tracking=(WEST,)),))
    address = f"/income-and-expenses/new/credit_note/?credits={made.pk}"
    browser = sign_in(cast.manager)
    assert '<option value="West" selected>' in words(browser.get(address))
    posted = form(cast, row(0, account_code="666") | picked(Block="West"), due_date="")
    browser.post(address, posted)
    credit = Document.objects.get(kind=Kind.CREDIT_NOTE).line_items.get()
    assert (credit.account_code, credit.tracking) == ("666", [WEST])

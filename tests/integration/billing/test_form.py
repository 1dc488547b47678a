"""Entering and editing a document in the browser, with and without script."""

from decimal import Decimal

import pytest

from released.billing.models import Document, Kind, Status
from released.portfolio.models import Contact
from tests.factories import ContactFactory, document
from tests.factories.cast import Cast
from tests.integration.billing.conftest import SignIn
from tests.integration.billing.entering import form, form_of, row, words

pytestmark = pytest.mark.django_db


def new(cast: Cast, kind: str = "invoice") -> str:
    return f"/income-and-expenses/new/{kind}/?company={cast.harbour_view.pk}"


def test_a_new_invoice_is_saved_as_a_draft_with_its_own_number(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.manager).post(new(cast), form(cast))
    saved = Document.objects.get()
    assert answer.headers["Location"] == saved.get_absolute_url()
    assert (saved.number, saved.status, saved.total) == ("1000001", Status.DRAFT, Decimal("1250.00"))
    assert saved.contact.name == "Aisha Rahman"


def test_it_can_be_approved_in_the_same_step(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.manager).post(new(cast), form(cast, step="approve"))
    assert Document.objects.get().status == Status.AUTHORISED


def test_what_lacks_something_is_neither_approved_nor_half_saved(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.manager).post(new(cast), form(cast, row(0, account_code=""), step="approve"))
    assert answer.status_code == 422
    assert "Line 1: choose an account." in words(answer)
    assert not Document.objects.exists()
    assert not Contact.objects.exists()


def test_a_known_name_is_the_known_contact_in_whichever_case(cast: Cast, sign_in: SignIn) -> None:
    known = ContactFactory.create(company=cast.harbour_view, name="Aisha Rahman")
    sign_in(cast.manager).post(new(cast), form(cast, new_contact="aisha rahman"))
    assert Document.objects.get().contact == known


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(cast: Cast, sign_in: SignIn) -> None:
    typed = form(cast, row(0, unit_amount="1,25", description="Boiler <b>"), new_contact="", reference="R-7")
    answer = sign_in(cast.manager).post(new(cast), typed)
    page = words(answer)
    assert answer.status_code == 422
    for shown in ("Choose a contact, or name a new one.", "Write an amount like 1250.00.", 'value="R-7"'):
        assert shown in page
    assert 'value="1,25"' in page
    assert "Boiler &lt;b&gt;" in page


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_adding_lines_keeps_what_was_typed_and_complains_of_nothing(
    cast: Cast, sign_in: SignIn, headers: dict[str, str]
) -> None:
    typed = form(cast, row(0, unit_amount="oops"), step="add", new_contact="")
    answer = sign_in(cast.manager).post(new(cast), typed, headers=headers)
    page = words(answer)
    assert answer.status_code == 200
    assert 'name="lines-TOTAL_FORMS" value="4"' in page
    assert 'value="oops"' in page
    assert 'class="wrong"' not in page
    assert not Document.objects.exists()


def test_the_count_of_rows_comes_with_the_rows_that_a_script_swaps_in(cast: Cast, sign_in: SignIn) -> None:
    page = words(sign_in(cast.manager).post(new(cast), form(cast, step="add")))
    section = page[page.index('id="entry-lines"') : page.index("</section>", page.index('id="entry-lines"'))]
    assert 'name="lines-TOTAL_FORMS"' in section
    assert page.count('name="lines-TOTAL_FORMS"') == 1


def test_totals_are_reckoned_on_the_way_and_a_fragment_never_saves(cast: Cast, sign_in: SignIn) -> None:
    typed = form(cast, row(0, tax_type="OUTPUT2"), step="save")
    answer = sign_in(cast.manager).post(new(cast), typed, headers={"HX-Request": "true"})
    assert "£1,500.00" in words(answer)
    assert not Document.objects.exists()


def test_totals_are_reckoned_before_a_contact_is_chosen(cast: Cast, sign_in: SignIn) -> None:
    typed = form(cast, step="reckon", new_contact="")
    answer = sign_in(cast.manager).post(new(cast), typed, headers={"HX-Request": "true"})
    totals = words(answer).partition('id="entry-totals"')[2].partition("</dl>")[0]
    assert "£1,250.00" in totals


def test_blank_and_removed_rows_are_left_out(cast: Cast, sign_in: SignIn) -> None:
    blank = row(1, description="", account_code="", tax_type="", unit_amount="")
    removed = row(2) | {"lines-2-DELETE": "on"}
    sign_in(cast.manager).post(new(cast), form(cast, row(0), blank, removed))
    assert Document.objects.get().line_items.count() == 1


def test_an_edit_keeps_lines_and_says_what_changed(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view)
    key = made.line_items.get().key
    posted = form_of(made, reference="New reference")
    sign_in(cast.manager).post(f"{made.get_absolute_url()}edit/", posted)
    made.refresh_from_db()
    assert (made.reference, made.revision, made.line_items.get().key) == ("New reference", 3, key)
    assert made.events.get().says == "Edited by Priya Shah: reference from none to New reference"


def test_an_edit_over_somebody_elses_change_is_refused_and_kept(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view)
    mine, theirs = form_of(made, reference="mine"), form_of(made, reference="theirs")
    address = f"{made.get_absolute_url()}edit/"
    sign_in(cast.admin).post(address, theirs)
    answer = sign_in(cast.manager).post(address, mine)
    page = words(answer)
    assert answer.status_code == 409
    assert "Somebody changed this invoice while you were working on it" in page
    assert "Edited by Daniel Okafor: reference from none to theirs" in page
    assert 'value="mine"' in page
    made.refresh_from_db()
    assert made.reference == "theirs"


def test_after_seeing_it_one_may_save_over_it(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view)
    mine = form_of(made, reference="mine")
    address = f"{made.get_absolute_url()}edit/"
    sign_in(cast.admin).post(address, form_of(made, reference="theirs"))
    sign_in(cast.manager).post(address, mine | {"seen": "3"})
    made.refresh_from_db()
    assert made.reference == "mine"


def test_of_a_paid_bill_the_form_offers_what_xero_still_allows(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view, Kind.BILL, Status.PAID)
    browser, address = sign_in(cast.manager), f"{made.get_absolute_url()}edit/"
    assert "Xero lets only its reference and due date change" in words(browser.get(address))
    browser.post(address, form_of(made, reference="B-7", date="2020-01-01"))
    after = Document.objects.get()
    assert (after.reference, after.date, after.line_items.count()) == ("B-7", made.date, 1)


def test_a_paid_invoice_leads_back_with_the_reason(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view, status=Status.PAID)
    answer = sign_in(cast.manager).get(f"{made.get_absolute_url()}edit/", follow=True)
    assert "Payments or credits are set against this document" in words(answer)


def test_a_credit_note_is_filled_in_from_its_invoice(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view)
    address = f"/income-and-expenses/new/credit_note/?credits={made.pk}"
    page = words(sign_in(cast.manager).get(address))
    assert "Rent, Flat 4" in page
    assert f'value="{made.number}"' in page
    assert 'value="1250.00"' in page


def test_a_credit_note_is_in_the_currency_of_what_it_credits(cast: Cast, sign_in: SignIn) -> None:
    made = document(cast.harbour_view)
    Document.objects.filter(pk=made.pk).update(currency="USD")
    address = f"/income-and-expenses/new/credit_note/?credits={made.pk}"
    browser = sign_in(cast.manager)
    assert "US$1,250.00" in words(browser.get(address))
    browser.post(address, form(cast, new_contact=made.contact.name))
    assert Document.objects.get(kind=Kind.CREDIT_NOTE).currency == "USD"


def test_with_several_companies_the_first_question_is_which(cast: Cast, sign_in: SignIn) -> None:
    page = words(sign_in(cast.manager).get("/income-and-expenses/new/bill/"))
    assert "New bill: for which company?" in page
    assert "Castlegate Estates Ltd" in page
    assert "Quayside" not in page

"""Results belong to documents by identity; where that is not certain they belong to nobody."""

from decimal import Decimal
from typing import Any

import pytest

from sync.deliveries.contents import content_of, sameness
from sync.deliveries.matching import Expected, match, messages_of


def marked(*marks: str) -> Expected:
    return Expected(frozenset(marks), {})


def test_results_in_another_order_reach_their_documents() -> None:
    elements = [{"Type": "ACCREC", "Url": "u2"}, {"Type": "ACCREC", "Url": "u1"}]
    assert match([marked("u1"), marked("u2")], elements) == [elements[1], elements[0]]


def test_a_missing_result_stays_open() -> None:
    assert match([marked("u1"), marked("u2")], [{"Type": "ACCREC", "Url": "u2"}])[0] is None


def test_an_updated_document_is_known_by_its_id_not_by_its_contacts() -> None:
    element = {"Type": "ACCREC", "InvoiceID": "I-1", "ContactID": "c-9"}
    assert match([marked("c-9"), marked("i-1")], [element]) == [None, element]


def line(amount: str = "100", **more: Any) -> dict[str, Any]:
    return {"Description": "Refund", "Quantity": 1, "UnitAmount": Decimal(amount)} | more


NOTE: dict[str, Any] = {
    "Type": "ACCRECCREDIT",
    "Contact": {"ContactID": "C"},
    "Reference": "r",
    "Date": "2026-10-01",
    "LineItems": [line()],
}


def sent(payload: dict[str, Any], *marks: str) -> Expected:
    return Expected(frozenset(marks), content_of(payload), sameness(payload))


def answered(payload: dict[str, Any], xero_id: str, **more: Any) -> dict[str, Any]:
    return payload | {"CreditNoteID": xero_id, "Date": "/Date(1790812800000+0000)/"} | more


def test_a_credit_note_without_a_mark_must_fit_in_content() -> None:
    note, other = answered(NOTE, "1"), answered(NOTE, "2", Reference="another")
    assert match([sent(NOTE)], [other, note]) == [note]
    assert match([sent(NOTE)], [other]) == [None]


def test_documents_that_differ_in_amount_alone_are_told_apart() -> None:
    dear = NOTE | {"LineItems": [line("250.00")]}
    cheap_one, dear_one = answered(NOTE, "1"), answered(dear, "2")
    assert match([sent(NOTE), sent(dear)], [dear_one, cheap_one]) == [cheap_one, dear_one]
    assert match([sent(NOTE), sent(dear)], [dear_one]) == [None, dear_one]


@pytest.mark.parametrize(
    "more", [{"AccountCode": "200"}, {"TaxType": "NONE"}, {"Quantity": 2}, {"Description": "Deposit"}]
)
def test_anything_in_a_line_tells_documents_apart(more: dict[str, Any]) -> None:
    usual = NOTE | {"LineItems": [line(AccountCode="260", TaxType="OUTPUT2")]}
    other = NOTE | {"LineItems": [line(AccountCode="260", TaxType="OUTPUT2") | more]}
    first, second = answered(usual, "1"), answered(other, "2")
    assert match([sent(usual), sent(other)], [second, first]) == [first, second]


def test_what_an_answer_leaves_out_tells_nothing_apart() -> None:
    """Two notes over different amounts, and an answer without lines: either could be either."""
    dear = NOTE | {"LineItems": [line("250.00")]}
    short = [answered(NOTE, "1"), answered(dear, "2")]
    for element in short:
        del element["LineItems"]
    assert match([sent(NOTE), sent(dear)], short) == [None, None]


def test_an_invoice_whose_answer_leaves_our_address_out_must_fit_in_content() -> None:
    october = {"Type": "ACCREC", "Reference": "r", "Date": "2026-10-01"}
    november = {"Type": "ACCREC", "Reference": "r", "Date": "/Date(1793491200000+0000)/"}
    wanted = [sent(october, "u1"), sent(november, "u2")]
    assert match(wanted, [november, october]) == [october, november]
    assert match(wanted[:1], [october | {"Url": "of another"}]) == [None]


def test_invoices_that_only_our_address_tells_apart_are_never_paired_by_position() -> None:
    """In Xero each has its own address: paired the wrong way round they would change places for good."""
    invoice = {"Type": "ACCREC", "Reference": "r", "Date": "2026-10-01"}
    first, second = invoice | {"InvoiceID": "1"}, invoice | {"InvoiceID": "2"}
    assert match([sent(invoice, "u1"), sent(invoice, "u2")], [first, second]) == [None, None]


def test_equal_credit_notes_go_by_position() -> None:
    first, second = answered(NOTE, "1"), answered(NOTE, "2")
    assert match([sent(NOTE), sent(NOTE)], [first, second]) == [first, second]
    assert match([sent(NOTE), sent(NOTE)], [second]) == [second, None]


def test_more_equal_answers_than_were_asked_for_are_nobodys() -> None:
    elements = [answered(NOTE, at) for at in ("1", "2", "3")]
    assert match([sent(NOTE), sent(NOTE)], elements) == [None, None]


def test_one_and_the_same_result_said_twice_counts_once() -> None:
    note = answered(NOTE, "1")
    assert match([sent(NOTE)], [note, dict(note)]) == [note]
    twins = [{"Type": "ACCREC", "Url": "u1", "InvoiceID": one} for one in ("1", "2")]
    assert match([marked("u1")], twins) == [None]


def test_a_number_of_ours_tells_documents_apart() -> None:
    first, second = NOTE | {"CreditNoteNumber": "N1"}, NOTE | {"CreditNoteNumber": "N2"}
    results = [answered(second, "2"), answered(first, "1")]
    assert match([sent(first), sent(second)], results) == [results[1], results[0]]


def test_a_refusal_is_told_from_a_warning() -> None:
    assert messages_of({"StatusAttributeString": "WARNING", "Warnings": [{"Message": "odd rate"}]}) == []
    assert messages_of({"HasErrors": False}) == []
    assert messages_of({"HasErrors": True, "ValidationErrors": [{"Message": "no"}]}) == ["no"]
    assert messages_of({"StatusAttributeString": "ERROR"}) == ["Xero gave no reason."]

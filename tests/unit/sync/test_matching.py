"""Results belong to documents by identity; where that is not certain they belong to nobody."""

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


def test_a_credit_note_without_a_mark_must_fit_in_content() -> None:
    wanted = {"contact": "c", "reference": "r", "type": "ACCRECCREDIT", "lines": "Refund"}
    note = {
        "Type": "ACCRECCREDIT",
        "Contact": {"ContactID": "C"},
        "Reference": "r",
        "LineItems": [{"Description": "Refund"}],
    }
    other = note | {"Reference": "another"}
    assert match([Expected(frozenset(), wanted)], [other, note]) == [note]
    assert match([Expected(frozenset(), wanted)], [other]) == [None]


def test_an_invoice_whose_answer_leaves_our_address_out_must_fit_in_content() -> None:
    wanted = [
        Expected(frozenset({url}), {"reference": "r", "date": day})
        for url, day in (("u1", "2026-10-01"), ("u2", "2026-11-01"))
    ]
    october = {"Type": "ACCREC", "Reference": "r", "Date": "2026-10-01"}
    november = {"Type": "ACCREC", "Reference": "r", "Date": "/Date(1793491200000+0000)/"}
    assert match(wanted, [november, october]) == [october, november]
    assert match(wanted[:1], [october | {"Url": "of another"}]) == [None]


def test_equal_credit_notes_go_by_position() -> None:
    wanted = Expected(frozenset(), {"reference": "r"})
    first, second = {"Reference": "r", "CreditNoteID": "1"}, {"Reference": "r", "CreditNoteID": "2"}
    assert match([wanted, wanted], [first, second]) == [first, second]


def test_a_refusal_is_told_from_a_warning() -> None:
    assert messages_of({"StatusAttributeString": "WARNING", "Warnings": [{"Message": "odd rate"}]}) == []
    assert messages_of({"HasErrors": False}) == []
    assert messages_of({"HasErrors": True, "ValidationErrors": [{"Message": "no"}]}) == ["no"]
    assert messages_of({"StatusAttributeString": "ERROR"}) == ["Xero gave no reason."]

"""The control room: obviously a sandbox, workable without JavaScript, deaf to other origins."""

from urllib.parse import unquote_plus, urlencode

import pytest

from tests.integration.xero_sandbox.driver import DANIEL, FORM, HARBOUR, Answer, App, Sandbox


def press(sandbox: Sandbox, action: str, *, origin: str = "", **form: str) -> Answer:
    headers = FORM | ({"Origin": origin} if origin else {})
    body = urlencode({"back": "/sandbox/"} | form)
    address = f"{sandbox.base}/sandbox/do/{action}"
    return sandbox.http.request("POST", address, body=body, headers=headers, redirect=False)


def test_it_says_on_every_page_that_it_is_not_xero(app: App) -> None:
    made = app.create()
    for path in ("", f"organisations/{app.organisation_id}", f"documents/{made['InvoiceID']}"):
        answer = app.sandbox.get(f"/sandbox/{path}")
        assert answer.status == 200
        assert "Nothing here is real." in answer.data.decode()
        assert "<script" not in answer.data.decode()


def test_a_button_disconnects_and_says_so(app: App) -> None:
    answer = press(app.sandbox, "disconnect-app", connection_id=app.connection_id, said="Disconnected.")
    assert (answer.status, unquote_plus(answer.headers["Location"])) == (303, "/sandbox/?said=Disconnected.")
    assert "Disconnected." in app.sandbox.get(answer.headers["Location"]).data.decode()
    assert app.call("GET", "Organisation").status == 403


@pytest.mark.parametrize(
    ("action", "form"),
    [
        ("set-role", {"user": DANIEL, "organisation": HARBOUR, "role": "READONLY"}),
        ("remove-user", {"user": DANIEL, "organisation": HARBOUR}),
        ("end-access", {"organisation": HARBOUR, "reason": "trial ended"}),
        ("limits", {"minute": "7"}),
        ("lock-dates", {"organisation": HARBOUR, "period_lock_date": "2026-01-01"}),
        ("organisation-offline", {"organisation": HARBOUR, "offline": "true"}),
        ("archive-account", {"organisation": HARBOUR, "code": "200", "restore": ""}),
        ("edit-contact", {"organisation": HARBOUR, "contact": "Bayside Club", "status": "ARCHIVED"}),
        ("outage", {"kind": "maintenance"}),
        ("clock", {"shift_seconds": "60"}),
        ("switch", {"name": "cancel_returns_state", "place": "1"}),
    ],
)
def test_every_button_works(sandbox: Sandbox, action: str, form: dict[str, str]) -> None:
    answer = press(sandbox, action, **form)
    assert unquote_plus(answer.headers["Location"]) == "/sandbox/?said=Done."


def test_a_document_can_be_edited_paid_and_ended(app: App) -> None:
    made = app.create()
    back = f"/sandbox/documents/{made['InvoiceID']}"
    form = {"document": made["InvoiceID"], "back": back}
    press(
        app.sandbox,
        "edit-document",
        **form,
        **{"set.reference": "by hand", "set.total": "130", "touch": "true"},
    )
    again = app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]
    assert (again["Reference"], again["Total"]) == ("by hand", 130)
    press(app.sandbox, "record-payment", **form, amount="30", date="")
    refused = press(app.sandbox, "void-document", **form)
    assert "Refused: The status VOIDED cannot be applied" in unquote_plus(refused.headers["Location"])


def test_another_origin_cannot_press_a_button(sandbox: Sandbox) -> None:
    assert press(sandbox, "outage", origin="https://evil.example", kind="maintenance").status == 403
    assert press(sandbox, "outage", origin=sandbox.base, kind="maintenance").status == 303


def test_the_way_back_stays_in_the_sandbox(sandbox: Sandbox) -> None:
    assert press(sandbox, "clock", back="https://evil.example").status == 404


def test_a_document_is_found_by_contact(app: App) -> None:
    made = app.create(Contact={"Name": "Zebedee"})
    page = app.sandbox.get(f"/sandbox/organisations/{app.organisation_id}?q=zebedee").data.decode()
    assert made["InvoiceID"] in page
    assert page.count("/sandbox/documents/") == 1


@pytest.mark.parametrize("path", ["organisations/none", "documents/none"])
def test_what_is_not_there_is_a_404(sandbox: Sandbox, path: str) -> None:
    assert sandbox.get(f"/sandbox/{path}").status == 404

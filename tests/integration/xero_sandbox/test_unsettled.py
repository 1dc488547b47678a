"""The switches that no other test turns: each way of the fact can be had."""

import pytest

from tests.integration.xero_sandbox.driver import (
    DANIEL,
    FORM,
    HARBOUR,
    PRIYA,
    App,
    Sandbox,
    invoice,
    line,
    messages,
)


@pytest.mark.fact("A17")
@pytest.mark.parametrize(("app_scopes", "way"), [("granular", "/identity/error"), ("both", "code=")])
def test_app_scopes(sandbox: Sandbox, app_scopes: str, way: str) -> None:
    sandbox.switch(app_scopes=app_scopes)
    address = sandbox.authorize_address(scope="openid accounting.transactions")
    answer = sandbox.decide(address, user=DANIEL, organisation=HARBOUR, decision="allow")
    assert way in answer.headers["Location"]


@pytest.mark.fact("A17")
def test_a_broad_scope_reads_and_writes_documents(sandbox: Sandbox) -> None:
    sandbox.switch(app_scopes="both")
    app = sandbox.connect(scope="openid accounting.transactions")
    assert app.create()["Status"] == "AUTHORISED"
    assert app.call("GET", "Contacts").status == 401


@pytest.mark.fact("A18")
@pytest.mark.parametrize(("survives", "status"), [(False, 401), (True, 403)])
def test_access_token_survives_revocation(app: App, survives: bool, status: int) -> None:
    app.sandbox.switch(access_token_survives_revocation=survives)
    body = f"token={app.tokens['refresh_token']}&client_id=sandbox-client&client_secret=sandbox-secret"
    app.sandbox.http.request("POST", f"{app.sandbox.base}/connect/revocation", body=body, headers=FORM)
    assert app.call("GET", "Organisation").status == status


@pytest.mark.fact("B8")
@pytest.mark.parametrize("status", [401, 403])
def test_scope_failure_status(sandbox: Sandbox, status: int) -> None:
    sandbox.switch(scope_failure_status=status)
    app = sandbox.connect(scope="openid accounting.contacts")
    answer = app.call("GET", "Invoices")
    assert (answer.status, answer.json()["Detail"]) == (status, "AuthorizationUnsuccessful")


@pytest.mark.fact("B9")
@pytest.mark.parametrize(
    ("form", "keys"), [("title", "Type Title Status Detail"), ("lower", "title status detail instance")]
)
def test_forbidden_body_case(app: App, form: str, keys: str) -> None:
    app.sandbox.switch(forbidden_body_case=form)
    app.sandbox.control("disconnect-app", organisation=HARBOUR)
    assert list(app.call("GET", "Organisation").json())[:4] == keys.split()


@pytest.mark.fact("B4")
@pytest.mark.parametrize(("counted", "status"), [("organisation", 302), ("user_and_organisation", 403)])
def test_connections_counted_by(app: App, counted: str, status: int) -> None:
    app.sandbox.switch(connections_counted_by=counted)
    app.sandbox.control("limits", connections=1)
    answer = app.sandbox.decide(
        app.sandbox.authorize_address(), user=PRIYA, organisation=HARBOUR, decision="allow"
    )
    assert answer.status == status


@pytest.mark.fact("C6")
@pytest.mark.parametrize("updates", [True, False])
def test_accpay_number_updates(app: App, updates: bool) -> None:
    app.sandbox.switch(accpay_number_updates=updates)
    bill = invoice(
        Type="ACCPAY", InvoiceNumber="B-9", LineItems=[line(5, AccountCode="473", TaxType="INPUT2")]
    )
    first, second = (app.call("POST", "Invoices", bill).json()["Invoices"][0] for _ in range(2))
    assert (first["InvoiceID"] == second["InvoiceID"]) is updates


@pytest.mark.fact("C15")
@pytest.mark.parametrize(
    ("form", "printed"), [("%d-%b-%Y", "30-Sep-2026"), ("%d %B %Y", "30 September 2026")]
)
def test_lock_date_format(app: App, form: str, printed: str) -> None:
    app.sandbox.switch(lock_date_format=form)
    app.sandbox.control("lock-dates", organisation=HARBOUR, period_lock_date="2026-09-30")
    [text] = messages(app.call("PUT", "Invoices", invoice()))
    assert text.endswith(f"currently set at {printed}")


@pytest.mark.fact("C25")
@pytest.mark.parametrize("stamps", [True, False])
def test_attachment_stamps_document(app: App, stamps: bool) -> None:
    app.sandbox.switch(attachment_stamps_document=stamps)
    made = app.create()
    app.sandbox.control("clock", shift_seconds=5)
    app.call(
        "PUT", f"Invoices/{made['InvoiceID']}/Attachments/a.pdf", b"%PDF", Content_Type="application/pdf"
    )
    again = app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]
    assert (again["UpdatedDateUTC"] != made["UpdatedDateUTC"]) is stamps

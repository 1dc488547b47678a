"""The way to Xero: what happens (or happened), then one page before leaving, then Xero."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from integrations import access, causes
from integrations.consents import session_secret, start_consent
from integrations.halting import halt
from integrations.installation import look
from integrations.models import Connection, Consent
from integrations.outcomes import PAGES
from integrations.showing import purpose_of, shown
from integrations.views.doors import manages_addons
from released.accounts.access import signed_in
from released.billing.models import Document, Status
from released.portfolio.models import Company


@require_http_methods(["GET", "HEAD", "POST"])
@manages_addons
def connect(request: HttpRequest, company: Company) -> HttpResponse:
    """GET explains; POST leaves for Xero."""
    connection = access.connection_of(company)
    if connection.xero_tenant_id is not None:
        return redirect("xero-reconnect", company.pk)
    if request.method == "POST":
        return leave_for_xero(request, company, Consent.Purpose.CONNECT)
    return render(request, "integrations/connect.html", explained(company, connection))


@require_http_methods(["GET", "HEAD", "POST"])
@manages_addons
def reconnect(request: HttpRequest, company: Company) -> HttpResponse:
    """GET says what happened and what comes next; POST leaves for Xero. Says so when it is already solved."""
    connection = access.connection_of(company)
    purpose = purpose_of(connection)
    if purpose == "connect":
        return redirect("xero-connect", company.pk)
    if request.method == "POST" and purpose:
        return leave_for_xero(request, company, Consent.Purpose(purpose))
    template = f"integrations/{_page_of(connection)}.html"
    return render(request, template, explained(company, connection))


@require_safe
@manages_addons
def leave(request: HttpRequest, company: Company) -> HttpResponse:
    """The last page before Xero: which organisation is expected there."""
    connection = access.connection_of(company)
    purpose = purpose_of(connection)
    if not purpose:
        return redirect("xero-reconnect", company.pk)
    return render(request, "integrations/leave.html", {**explained(company, connection), "purpose": purpose})


def leave_for_xero(request: HttpRequest, company: Company, purpose: Consent.Purpose) -> HttpResponse:
    """Not while the installation is paused: a consent here would end the tokens of the one it came from."""
    found = look()
    if found is not None and found.is_paused:
        messages.warning(
            request, f"{PAGES[Consent.Outcome.PAUSED].title}. {PAGES[Consent.Outcome.PAUSED].advice}"
        )
        return redirect("xero", company.pk)
    secret = session_secret(request.session)
    return redirect(start_consent(company, purpose=purpose, by=signed_in(request), secret=secret))


def explained(company: Company, connection: Connection) -> dict[str, object]:
    """What the pages say of a connection and of its open episode."""
    episode = access.open_episode(connection)
    return {
        "company": company,
        "connection": connection,
        "episode": episode,
        "words": causes.words_for(episode) if episode else None,
        "support_email": settings.SUPPORT_EMAIL,
        "shown": shown(connection, episode, halt()),
        "first_step": "What happened" if episode else "What happens",
        "may_match": may_match(company, connection),
        "xero_user": connection.grant.xero_user_name if connection.grant else "",
    }


def may_match(company: Company, connection: Connection) -> bool:
    """Whether a first connection may lead over the matching: only Xero's chart tells, read after the consent.

    A company with nothing to share has nothing to match. After a date was chosen it is no first connection.
    """
    if connection.sync_from is not None or connection.all_time:
        return False
    shared = (Status.AUTHORISED, Status.PAID)
    return Document.objects.filter(company=company, status__in=shared).exists()


def _page_of(connection: Connection) -> str:
    pages = {
        Connection.State.REVOKED: "reconnect_lost",
        Connection.State.DISCONNECTED: "reconnect_disconnected",
        Connection.State.AWAITING_DATE: "solved",
        Connection.State.CONNECTED: "update_permissions" if connection.missing_scopes else "solved",
    }
    return pages[Connection.State(connection.state)]

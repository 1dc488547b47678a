"""An organisation came back from Xero: bind it to the company, or refuse it and say why.

A company keeps to one organisation and an organisation to one company of one account, so that no
document lands in the wrong books. A refusal changes no bond, date or document. Of another
account's company nothing is ever said: "already connected elsewhere".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from integrations import transitions
from integrations.consents import settle
from integrations.errors import BindingRefused, GrantGone
from integrations.history import facts, record
from integrations.models import Connection, Consent
from integrations.organisations import Offered
from integrations.probes import look_first
from integrations.removing import remove_unneeded
from released.accounts.models import User
from released.portfolio.models import Company

Outcome = Consent.Outcome
State = Connection.State


@dataclass(frozen=True)
class Bond:
    """Whose an organisation is already."""

    company_id: int
    company_name: str
    account_id: int


@dataclass(frozen=True)
class Refusal:
    outcome: Consent.Outcome
    company_name: str = ""


def judge_bond(
    chosen: UUID, *, expected: UUID | None, bond: Bond | None, company_id: int, account_id: int
) -> Refusal | None:
    """None when the organisation may be bound. Pure."""
    if bond is not None and bond.company_id != company_id:
        if bond.account_id != account_id:
            return Refusal(Outcome.BOUND_ELSEWHERE if expected is None else Outcome.MISMATCH)
        return Refusal(Outcome.BOUND_HERE, bond.company_name)
    if expected is not None and expected != chosen:
        return Refusal(Outcome.MISMATCH)
    return None


def take_organisation(consent: Consent, organisation: Offered, *, by: User) -> Consent:
    """Bind what was chosen, or refuse it. Either way the consent is settled and says how it ended."""
    consent.offered = [organisation.to_json()]
    refusal = refusal_of(consent, organisation)
    if refusal is None:
        refusal = _bind(consent, organisation, by)
    if refusal is None:
        return consent
    settle(consent, refusal.outcome, detail=refusal.company_name)
    _remember(consent, organisation, by)
    remove_unneeded(consent, organisation)
    return consent


def _bind(consent: Consent, organisation: Offered, by: User) -> Refusal | None:
    if consent.grant is None:
        raise GrantGone
    try:
        connection = transitions.bind(consent.company, grant=consent.grant, organisation=organisation, by=by)
    except BindingRefused:  # somebody was faster: look again and say so
        return refusal_of(consent, organisation) or Refusal(Outcome.BOUND_ELSEWHERE)
    settle(consent, Outcome.BOUND)
    look_first(connection)
    return None


def refusal_of(consent: Consent, organisation: Offered) -> Refusal | None:
    """Why this organisation may not be bound to the consent's company, if so."""
    company = consent.company
    expected = Connection.objects.filter(company=company).values_list("xero_tenant_id", flat=True).first()
    return judge_bond(
        organisation.xero_tenant_id,
        expected=expected,
        bond=bond_of(organisation.xero_tenant_id),
        company_id=company.pk,
        account_id=company.account_id,
    )


def bond_of(xero_tenant_id: UUID) -> Bond | None:
    """The company, of any account, that keeps to this organisation. For decisions, never for showing."""
    found = Connection.objects.filter(xero_tenant_id=xero_tenant_id).select_related("company").first()
    return Bond(found.company_id, found.company.name, found.company.account_id) if found else None


def taken_by(company: Company, offered: Sequence[Offered]) -> dict[UUID, str]:
    """{organisation: name of the other company of the same account that keeps to it}, to be shown."""
    rows = Connection.objects.filter(xero_tenant_id__in=[one.xero_tenant_id for one in offered])
    rows = rows.filter(company__account_id=company.account_id).exclude(company=company)
    return {taken: name for taken, name in rows.values_list("xero_tenant_id", "company__name") if taken}


def showable(consent: Consent, candidates: tuple[Offered, ...]) -> list[Offered]:
    """The candidates to ask about; none that another account's company keeps to: naming it would tell."""
    foreign = Q(xero_tenant_id__in=[one.xero_tenant_id for one in candidates])
    foreign &= ~Q(company__account_id=consent.company.account_id)
    hidden = set(Connection.objects.filter(foreign).values_list("xero_tenant_id", flat=True))
    return [one for one in candidates if one.xero_tenant_id not in hidden]


def _remember(consent: Consent, organisation: Offered, by: User) -> None:
    """On the record of the company's connection, if it has one; a first connection leaves none."""
    connection = Connection.objects.filter(company=consent.company).first()
    if connection is not None:
        says = f"{by} chose {organisation.name} in Xero; refused, nothing changed."
        record(connection, "organisation_refused", says, by=by, before=facts(connection))

"""The Django admin: operators look, and what they change of permissions is audited."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse

from released.accounts.models import AuditEntry, Membership, Role, User
from released.accounts.permissions import VIEW
from released.billing.models import Document
from released.portfolio.models import Company
from tests.factories import document
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def operator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.operator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_roles_permissions_are_checkboxes_and_their_change_is_audited(cast: Cast, operator: Client) -> None:
    role = Role.objects.get(account=cast.account, name="Property manager")
    address = reverse("admin:accounts_role_change", args=[role.pk])
    assert operator.get(address).content.count(b'type="checkbox" name="permissions"') == 6
    operator.post(address, {"account": cast.account.pk, "name": role.name, "permissions": [VIEW]})
    role.refresh_from_db()
    assert role.permissions == [VIEW]
    entry = AuditEntry.objects.filter(what="role changed").get()
    assert (entry.actor, entry.account) == (cast.operator, cast.account)
    assert entry.after == {"role": "Property manager", "permissions": [VIEW]}
    assert "billing.edit_documents" in entry.before["permissions"]


def test_limiting_a_membership_is_audited_with_its_companies(cast: Cast, operator: Client) -> None:
    membership = Membership.objects.get(user=cast.manager)
    address = reverse("admin:accounts_membership_change", args=[membership.pk])
    assert b"Quayside" not in operator.get(address).content
    answer = operator.post(
        address,
        {
            "role": membership.role_id,
            "is_limited": "on",
            "is_active": "on",
            "limits-TOTAL_FORMS": "1",
            "limits-INITIAL_FORMS": "0",
            "limits-0-company": cast.castlegate.pk,
        },
    )
    assert answer.status_code == 302
    entry = AuditEntry.objects.filter(what="membership changed").get()
    assert entry.after["companies"] == ["Castlegate Estates Ltd"]


def test_documents_can_be_looked_at_and_not_changed(cast: Cast, operator: Client) -> None:
    made = document(cast.harbour_view)
    address = reverse("admin:billing_document_change", args=[made.pk])
    assert made.number in operator.get(address).content.decode()
    assert operator.post(address, {"total": "1"}).status_code == 403
    assert operator.post(reverse("admin:billing_document_delete", args=[made.pk])).status_code == 403
    assert Document.objects.get().total == made.total


def test_a_new_company_gets_its_chart_and_a_new_person_signs_in(cast: Cast, operator: Client) -> None:
    operator.post(
        reverse("admin:portfolio_company_add"),
        {
            "account": cast.account.pk,
            "name": "Orchard Row Ltd",
            "currency": "GBP",
            "locale": "en-GB",
            "timezone": "Europe/London",
        },
    )
    assert Company.objects.get(name="Orchard Row Ltd").tax_rates.filter(tax_type="OUTPUT2").exists()
    password = "a long enough pass phrase"
    operator.post(
        reverse("admin:accounts_user_add"),
        {
            "email": "new@northgate.example",
            "name": "Nell New",
            "usable_password": "true",
            "password1": password,
            "password2": password,
        },
    )
    assert User.objects.get(email="new@northgate.example").check_password(password)


def test_djangos_own_groups_are_not_offered() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_group_changelist")
    assert not Group.objects.exists()

"""`manage.py load_demo`."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from integrations.models import Connection
from released.accounts.models import Account, User
from released.accounts.permissions import MANAGE_ADDONS
from released.billing.models import Document, LineItem
from released.portfolio.models import Company

pytestmark = pytest.mark.django_db


def test_it_loads_two_firms_once_and_connects_nothing(settings: Settings) -> None:
    settings.DEBUG = True
    call_command("load_demo", verbosity=0)
    documents = Document.objects.count()
    call_command("load_demo", verbosity=0)
    assert Document.objects.count() == documents
    assert set(Account.objects.values_list("name", flat=True)) == {
        "Northgate Property Management",
        "Harbour Letting",
    }
    assert Document.objects.filter(company__name="Harbour View Ltd").count() >= 320
    assert not Connection.objects.exists()
    assert not LineItem.objects.filter(account_code="").exists()


def test_its_people_sign_in_and_hold_what_their_roles_say(settings: Settings) -> None:
    settings.DEBUG = True
    call_command("load_demo", verbosity=0)
    company = Company.objects.get(name="Harbour View Ltd")
    holders = [user.email for user in User.objects.order_by("pk") if user.has_perm(MANAGE_ADDONS, company)]
    assert holders == ["admin@northgate.example", "connector@northgate.example"]
    assert all(user.check_password("demo") for user in User.objects.all()[:2])


def test_where_people_really_work_it_refuses(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="runs only with DEBUG on"):
        call_command("load_demo")
    assert not Account.objects.exists()

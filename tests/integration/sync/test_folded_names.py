"""Names with capitals outside ASCII are compared by one folding, whatever the database server's locale."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection as database

from integrations.models import Connection
from released.clock import today
from released.portfolio.creating import contact_named
from released.portfolio.models import Contact
from sync.models import ContactLink, SetAside
from tests.factories.portfolio import CompanyFactory, ContactFactory
from tests.integration.sync.by_hand import LINE, type_in_xero
from tests.integration.sync.conftest import sync
from tests.sandbox import Sandbox

NAMES = ["ΠΑΠΑΔΟΠΟΥΛΟΣ", "Émile SÀRL", "İnan", "Straße"]
SPELT = [("ΠΑΠΑΣ", "παπας"), ("ΠΑΠΑΣ", "παπασ"), ("Émile SÀRL", "ÉMILE SÀRL"), ("İnan", "İNAN")]


@pytest.mark.parametrize("name", NAMES)
def test_a_contact_of_ours_is_linked_to_its_namesake(
    connection: Connection, sandbox: Sandbox, name: str
) -> None:
    ours = ContactFactory.create(company=connection.company, name=name)
    day = (today() - timedelta(days=1)).isoformat()
    lines = [LINE | {"UnitAmount": "10.00"}]
    type_in_xero(sandbox, "ACCREC", Contact={"Name": name}, Date=day, DueDate=day, LineItems=lines)
    sync(connection)
    assert list(Contact.objects.filter(company=connection.company, name__startswith=name[:4])) == [ours]
    assert ContactLink.objects.get(contact=ours).xero_id
    assert not SetAside.objects.filter(connection=connection).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("held", "asked"), SPELT)
def test_a_name_is_found_in_whichever_case_it_is_typed(held: str, asked: str) -> None:
    ours = ContactFactory.create(name=held)
    assert contact_named(ours.company, asked) == ours
    assert contact_named(ours.company, f"{asked} x") != ours


@pytest.mark.django_db
def test_the_migration_keeps_two_that_only_python_takes_for_one() -> None:
    company = CompanyFactory.create()
    names = ["Émile", "émile", "Plain"]
    made = Contact.objects.bulk_create(
        Contact(company=company, name=name, is_archived=name == "émile") for name in names
    )
    with database.cursor() as cursor:  # as a server without a locale allowed it
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX active_contact_name_is_unique")
        cursor.execute("UPDATE portfolio_contact SET is_archived = false, folded = ''")
    with database.schema_editor() as editor:
        import_module("released.portfolio.migrations.0002_folded_names").fold_all(apps, editor)
    rows = dict(Contact.objects.values_list("name", "folded"))
    assert rows == {"Émile": "émile", "émile": f"émile #{made[1].pk}", "Plain": "plain"}

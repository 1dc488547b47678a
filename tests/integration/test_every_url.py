"""Every address x method x role x scope answers as the reviewed table says (walk/table.py)."""

from collections.abc import Iterator
from string import Formatter

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.integration.walk.discover import Address, every_address
from tests.integration.walk.doors import METHODS, OPERATOR, READS, ROLES, Answer, Door, Role, Scope
from tests.integration.walk.scenery import Scenery
from tests.integration.walk.table import POSTED, QUERIES, TABLE, VARIANTS

# Also what makes pytest-django set up a test database at all: the fixture below must never see another.
pytestmark = pytest.mark.django_db

ADDRESSES = every_address()
PAGES = {address.name: address for address in ADDRESSES if not address.is_admin}
# Django's own nameless ones, "not found" and "this object has moved", lead nowhere that is not walked here.
ADMIN_PAGES = {address.name: address for address in ADDRESSES if address.is_admin and "<" not in address.name}
FORM = "application/x-www-form-urlencoded"
WORDS = {401: Answer.UNPROVEN, 403: Answer.FORBIDDEN, 404: Answer.NOT_FOUND, 405: Answer.NOT_ALLOWED}


@pytest.fixture(scope="module")
def scenery(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scenery]:
    """Built once: every knock undoes itself, and the whole is rolled back in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Scenery()
        transaction.set_rollback(True)


def answered(response: HttpResponseBase) -> Answer | int:
    """What came back; a failure of the server is its own number and matches nothing."""
    location = response.headers.get("Location", "")
    if response.status_code == 302 and location.startswith((reverse("login") + "?", reverse("admin:login"))):
        return Answer.SIGN_IN
    if response.status_code >= 500:
        return response.status_code
    return WORDS.get(response.status_code, Answer.OPEN)


def knock(scenery: Scenery, role: Role, method: str, path: str, posted: str = "") -> Answer | int:
    """One request, whose effects are undone, on the session too."""
    client = scenery.clients[role]
    kept = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        response = client.generic(method, path, posted, content_type=FORM)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(kept)
    return answered(response)


def scopes_of(door: Door) -> Iterator[Scope]:
    yield from Scope if door.is_about_object else (Scope.OWN,)


def path_of(scenery: Scenery, address: Address, scope: Scope, query: str = "") -> str:
    keys = {name: scenery.key(name, scope) for name in address.parameters}
    return reverse(address.name, kwargs=keys) + (f"?{filled(scenery, query, scope)}" if query else "")


def filled(scenery: Scenery, text: str, scope: Scope) -> str:
    """A query or a form with the keys of the scope's objects."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name]
    return text.format(**{name: scenery.key(name, scope) for name in names})


def test_every_address_is_in_the_reviewed_table_and_no_row_is_left_over() -> None:
    assert set(PAGES) == {name for name in TABLE if name not in VARIANTS}


@pytest.mark.parametrize("row", sorted(set(PAGES) | VARIANTS))
def test_a_door_answers_as_the_table_says(row: str, scenery: Scenery) -> None:
    door = TABLE[row]
    name, query = QUERIES.get(row, (row, ""))
    wrong = [
        f"{method} {path} ({scope.value}) by {role}: {got}, not {expected}"
        for scope in scopes_of(door)
        for path in [path_of(scenery, PAGES[name], scope, query)]
        for posted in [filled(scenery, POSTED.get(name, ""), scope)]
        for role in ROLES
        for method in METHODS
        for expected in [door.answer(role, scope, method)]
        for got in [knock(scenery, role, method, path, posted)]
        if got is not expected
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(ADMIN_PAGES))
def test_the_django_admin_is_for_operators_only(name: str, scenery: Scenery) -> None:
    keys = {parameter: ADMIN_KEYS.get(parameter, "1") for parameter in ADMIN_PAGES[name].parameters}
    path = reverse(name, kwargs=keys)
    for role in ROLES:
        for method in READS:
            got = knock(scenery, role, method, path)
            if role == OPERATOR:
                assert isinstance(got, Answer), f"{path} failed for an operator: {got}"
            elif name not in OPEN_IN_ADMIN:
                assert got in (Answer.SIGN_IN, Answer.NOT_FOUND), f"{path} for {role}: {got}"


ADMIN_KEYS = {"app_label": "accounts", "url": "nothing-here", "content_type_id": "1", "object_id": "1"}
# Its own sign-in and sign-out, and the words of its script.
OPEN_IN_ADMIN = {"admin:login", "admin:logout", "admin:jsi18n"}

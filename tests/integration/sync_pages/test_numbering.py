"""The numbering setting on a company's Xero page: shown, changed, recorded, guarded."""

from collections.abc import Callable

from django.test import Client

from integrations.models import Connection
from released.accounts.models import User
from released.clock import now
from sync.models import Problem
from tests.factories.cast import Cast


def address(made: Connection, tail: str = "") -> str:
    return f"/settings/add-ons/xero/{made.company_id}/{tail}"


def checked(client: Client, made: Connection) -> str:
    page = " ".join(client.get(address(made)).content.decode().split())
    return page.partition(" checked>")[0].rpartition('value="')[2].rstrip('"')


def test_it_is_changed_on_the_companys_page_and_recorded(
    cast: Cast, admin: Client, connected: Connection
) -> None:
    assert checked(admin, connected) == "xero"
    answer = admin.post(address(connected, "numbering/"), {"numbering": "ours"}, follow=True)
    assert answer.redirect_chain == [(address(connected), 302)]
    assert checked(admin, connected) == "ours"
    event = connected.events.get(what="numbering")
    assert (event.actor, event.before["numbering"], event.after["numbering"]) == (cast.admin, "xero", "ours")
    assert event.says in answer.content.decode()


def test_choosing_what_is_so_already_is_no_event(admin: Client, connected: Connection) -> None:
    admin.post(address(connected, "numbering/"), {"numbering": "xero"})
    assert not connected.events.filter(what="numbering").exists()


def test_nonsense_is_refused(admin: Client, connected: Connection) -> None:
    assert admin.post(address(connected, "numbering/"), {"numbering": "roman"}).status_code == 400


def test_nobody_else_sets_it(cast: Cast, connected: Connection, browse: Callable[[User], Client]) -> None:
    for person, status in ((cast.manager, 403), (cast.stranger, 404)):
        answer = browse(person).post(address(connected, "numbering/"), {"numbering": "ours"})
        assert answer.status_code == status
    connected.refresh_from_db()
    assert connected.numbering == Connection.Numbering.XERO


def test_a_taken_number_leads_to_the_setting(cast: Cast, admin: Client, connected: Connection) -> None:
    Problem.objects.create(connection=connected, cause=Problem.Cause.NUMBER, says="Taken.", opened_at=now())
    page = admin.get("/income-and-expenses/sync-results/").content.decode()
    assert f'href="{address(connected)}#numbers"' in page
    assert 'id="numbers"' in admin.get(address(connected)).content.decode()

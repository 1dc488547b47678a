"""The banner on real pages, folding it, and the page behind List-Unsubscribe."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from integrations.models import Episode
from notifications.models import StoppedReminders
from released.accounts.models import User
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
Lose = Callable[..., Episode]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def home(client: Client) -> str:
    return client.get(reverse("home")).content.decode()


def test_the_admin_sees_it_with_its_link_and_nobody_else_does(cast: Cast, lose: Lose) -> None:
    lose()
    page = home(signed_in(cast.admin))
    assert page.count('data-testid="reconnect-banner"') == 1
    link = re.search(r'<a[^>]*data-testid="reconnect-link"[^>]*>', page)
    assert link
    assert f'href="{reverse("xero-reconnect", args=[cast.harbour_view.pk])}"' in link[0]
    for other in (cast.manager, cast.reader, cast.limited, cast.stranger):
        assert "reconnect-banner" not in home(signed_in(other))


def test_it_folds_and_unfolds_without_script_but_stays(cast: Cast, lose: Lose) -> None:
    episode, client = lose(), signed_in(cast.admin)
    fold = reverse("banner-fold")
    answer = client.post(fold, {"mark": str(episode.pk), "next": "/settings/add-ons/"})
    assert (answer.status_code, answer["Location"]) == (302, "/settings/add-ons/")
    page = home(client)
    assert 'class="banner slim"' in page
    assert 'data-testid="reconnect-link"' in page
    client.post(fold, {"mark": "", "next": "/"})
    assert 'class="banner slim"' not in home(client)


def test_folding_leads_nowhere_else(cast: Cast) -> None:
    answer = signed_in(cast.admin).post(reverse("banner-fold"), {"next": "https://elsewhere.example/"})
    assert answer["Location"] == reverse("home")


def test_on_the_reconnect_steps_it_is_one_line(cast: Cast, lose: Lose) -> None:
    lose()
    page = signed_in(cast.admin).get(reverse("xero-reconnect", args=[cast.harbour_view.pk])).content.decode()
    assert page.count('class="banner slim"') == 1


def test_several_companies_are_one_banner_with_a_list(cast: Cast, lose: Lose) -> None:
    lose()
    lose(cast.castlegate)
    page = home(signed_in(cast.admin))
    assert page.count('data-testid="reconnect-banner"') == 1
    assert "<summary>Show the 2 companies</summary>" in page


def test_the_unsubscribe_link_itself_stops_nothing(cast: Cast) -> None:
    page = reverse("reminders", args=[cast.harbour_view.pk])
    answer = Client().get(page)
    assert answer.status_code == 302
    assert reverse("login") in answer["Location"]
    assert "we remind you after 1, 3 and 7 days" in signed_in(cast.admin).get(page).content.decode()
    assert not StoppedReminders.objects.exists()


def test_reminders_are_stopped_and_resumed_by_the_button(cast: Cast) -> None:
    page, client = reverse("reminders", args=[cast.harbour_view.pk]), signed_in(cast.admin)
    assert "are off for you" in client.post(page, {"wants": "no"}, follow=True).content.decode()
    assert StoppedReminders.objects.get().user == cast.admin
    client.post(page, {"wants": "yes"})
    assert not StoppedReminders.objects.exists()


def test_reminders_of_a_company_that_is_not_ours_do_not_exist(cast: Cast) -> None:
    page = reverse("reminders", args=[cast.harbour_view.pk])
    assert signed_in(cast.stranger).get(page).status_code == 404
    assert signed_in(cast.manager).get(page).status_code == 403

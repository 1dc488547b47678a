"""`python -m demo.tour --site http://localhost:8000 --mail http://localhost:8026 --xero http://localhost:8200`

Exit status 0 when every step of the story was seen. Needs an installation with the demo data and nothing
connected; DATABASE_URL and the like in the environment let it also play the part after "all time".
"""

import argparse
import os
import sys
from collections.abc import Callable

import httpx

from demo.tour import connecting, losing, reconnecting
from demo.tour.cast import ANOTHER, COMPANY, ORGANISATION, Story
from demo.tour.narrator import Narrator
from demo.tour.outside import Mails, Xero
from demo.tour.page import Unseen
from demo.tour.visitor import Visitor

Step = Callable[[Story], list[str]]
Chapter = tuple[str, list[tuple[str, Step]]]

CHAPTERS: list[Chapter] = [
    (
        "Connecting",
        [
            ("Three people sign in: an admin, a property manager, one who may only look", connecting.sign_in),
            ("The admin looks for the company under Settings", connecting.find_company),
            (f"Connect {COMPANY} to the organisation {ORGANISATION}", connecting.connect),
            ("Choose the date from which documents are shared", connecting.choose_date),
            ("The first sync, in the background, with visible progress", connecting.first_sync),
        ],
    ),
    (
        "Access is lost",
        [
            ("Somebody presses Disconnect App in Xero; the worker notices by itself", losing.disconnect_app),
            (
                "The banner: on every page for the admin, on none for the others",
                losing.banner_on_every_page,
            ),
            ("Meanwhile a property manager raises and approves an invoice", losing.raise_invoice),
            ("One mail to whoever connected it, with a link that works", losing.one_mail),
        ],
    ),
    (
        "Reconnecting",
        [
            (f"Choosing {ANOTHER} by mistake is refused by name", reconnecting.another_is_refused),
            ("Reconnect the right organisation: the date is filled in", reconnecting.right_organisation),
            ("Confirm the date; what waited catches up", reconnecting.confirm_date),
            ("The waiting invoice has Xero’s number and is in Xero once", reconnecting.invoice_is_in_xero),
            ("The banner is gone", reconnecting.banner_is_gone),
            ("One all-clear that says what caught up", reconnecting.all_clear),
            ("No mail came twice", losing.still_one_mail),
        ],
    ),
]
ALL_TIME: Chapter = (
    "Once more, after “all time”",
    [
        ("An operator sets the old value “all time”", reconnecting.set_all_time),
        ("Access is lost again", losing.disconnect_app),
        ("One mail about this loss", lambda story: losing.one_mail(story, nth=2)),
        ("Reconnect: the date is blank and must be chosen", reconnecting.date_is_blank),
        ("Choose it; both sides agree again", reconnecting.confirm_date),
        ("The banner is gone", reconnecting.banner_is_gone),
        ("One all-clear for this loss", lambda story: reconnecting.all_clear(story, nth=2)),
    ],
)


def main() -> None:
    given = arguments()
    narrator = Narrator()
    try:
        story = begin(given)
        chapters = [*CHAPTERS, ALL_TIME] if reconnecting.may_manage() else CHAPTERS
        play(chapters, story, narrator)
    except Unseen as missing:
        narrator.broken(str(missing))
        sys.exit(1)
    except httpx.HTTPError as trouble:
        narrator.broken(f"{type(trouble).__name__}: {trouble}")
        sys.exit(1)
    narrator.end()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="demo.tour", description="Play the whole story and tell it.")
    for name, variable, default in (
        ("--site", "DEMO_WEB_URL", "http://localhost:8000"),
        ("--mail", "DEMO_MAIL_URL", "http://localhost:8026"),
        ("--xero", "DEMO_XERO_URL", "http://localhost:8200"),
    ):
        parser.add_argument(name, default=os.environ.get(variable, default), help=f"default: {default}")
    return parser.parse_args()


def begin(given: argparse.Namespace) -> Story:
    people = [f"{name}@northgate.example" for name in ("admin", "manager", "readonly")]
    admin, manager, reader = (Visitor(given.site, email) for email in people)
    return Story(admin, manager, reader, Xero(given.xero), Mails(given.mail))


def play(chapters: list[Chapter], story: Story, narrator: Narrator) -> None:
    for title, steps in chapters:
        narrator.chapter(title)
        for words, step in steps:
            narrator.step(words, lambda step=step: step(story))  # type: ignore[misc]  # bound now, not later
    if len(chapters) == len(CHAPTERS):
        print("\nLeft out: “all time” needs an operator's command, and so DATABASE_URL.", flush=True)


if __name__ == "__main__":
    main()

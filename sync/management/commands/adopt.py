"""`manage.py adopt [--yes]`: take over a restored, copied or moved database; both sides are compared first.

Ends a pause. Asked for with `--yes`, because two installations that work with the same database's tokens
take them away from each other: the other one must be off for good.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrations.installation import look
from sync.adopting import adopt

ASKS = (
    "Is the installation that these rows come from off for good, and is this one to work with Xero from now "
    "on? Then: manage.py adopt --yes"
)


class Command(BaseCommand):
    help = "End a pause: compare every company with Xero before anything is sent, then go on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="the other installation is off for good")

    def handle(self, *args: Any, **options: Any) -> None:
        found = look()
        if found is None or not found.is_paused:
            if options["verbosity"]:
                self.stdout.write("This installation is not paused; there is nothing to take over.")
            return
        self.stdout.write(f"Paused since {found.since:%d %b %Y %H:%M} UTC: {found.because}")
        if not options["yes"]:
            raise CommandError(ASKS)
        done = adopt(by=None)
        count = done.connections if done else 0
        self.stdout.write(
            f"Taken over. {count} companies are compared with Xero now, each before anything of it is sent; "
            "mails follow after that. What differs and can't be settled is listed for its people."
        )

"""`manage.py set_sync_from COMPANY --all-time | --date YYYY-MM-DD`: the old setting that no screen offers."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrations import transitions
from integrations.errors import WrongState
from integrations.naming import connection_named


class Command(BaseCommand):
    help = "Set a connected company's sync-from date, or the old setting “all time”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("company", help="id or exact name")
        choice = parser.add_mutually_exclusive_group(required=True)
        choice.add_argument("--all-time", action="store_true", help="share everything, whatever its date")
        choice.add_argument("--date", type=date.fromisoformat, help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connection_named(options["company"])
        try:
            changed = transitions.change_sync_from(connection, sync_from=options["date"], by=None)
        except WrongState as problem:
            raise CommandError(str(problem)) from problem
        since = "all time" if changed.all_time else f"{changed.sync_from}"
        self.stdout.write(f"{changed.company} ({changed.organisation_name}): sync from {since}.")

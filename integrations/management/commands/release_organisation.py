"""`manage.py release_organisation COMPANY --reason TEXT`: the books have moved; an operator’s act."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrations import transitions
from integrations.errors import WrongState
from integrations.naming import connection_named


class Command(BaseCommand):
    help = "Let a disconnected company go from its Xero organisation, with a reason that is kept on record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("company", help="id or exact name")
        parser.add_argument("--reason", required=True, help="kept on record for good")

    def handle(self, *args: Any, **options: Any) -> None:
        reason = options["reason"].strip()
        if not reason:
            raise CommandError("The reason is empty; it is kept on record, so give one.")
        connection = connection_named(options["company"])
        name = connection.organisation_name
        try:
            transitions.release(connection, by=None, reason=reason)
        except WrongState as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{connection.company} is released from {name}.")

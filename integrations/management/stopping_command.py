"""What `stop_sync` and `start_sync` share: which companies, why, and who."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from integrations.errors import FlowError
from integrations.naming import connection_named
from integrations.stopping import start_all, start_connection, stop_all, stop_connection
from released.accounts.models import User


def add_arguments(parser: ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("company", nargs="?", help="id or exact name")
    which.add_argument("--all", action="store_true", help="all companies at once, those connected later too")
    parser.add_argument("--reason", required=True, help="kept on record; the company's people can read it")
    parser.add_argument("--by", metavar="EMAIL", help="the operator's own address, for the record")


def carry_out(options: dict[str, Any], *, is_stop: bool) -> str:
    """What was done, in one sentence. Raises CommandError."""
    by, reason = _operator(options["by"]), options["reason"]
    verb = "stopped" if is_stop else "started again"
    try:
        if options["all"]:
            count = (stop_all if is_stop else start_all)(by=by, reason=reason)
            return f"The sync of all companies is {verb} ({count} connected). Nothing is lost."
        connection = connection_named(options["company"])
        (stop_connection if is_stop else start_connection)(connection, by=by, reason=reason)
    except FlowError as problem:
        raise CommandError(str(problem)) from problem
    return f"The sync of {connection.company} is {verb}. Nothing is lost."


def _operator(email: str | None) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True, is_superuser=True).first()
    if found is None:
        raise CommandError(f"No operator has the address {email}.")
    return found

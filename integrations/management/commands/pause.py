"""`manage.py pause --reason TEXT`: nothing is asked of Xero and no mail is sent, until `manage.py adopt`.

For before a database is moved or copied, and for whenever something must not go on. Restored and copied
databases pause by themselves.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrations.installation import pause


class Command(BaseCommand):
    help = (
        "Stand still: no call to Xero, no refresh, no mail, until `manage.py adopt`. Nothing is lost by it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", required=True, help="kept on record, and mailed to SUPPORT_EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        reason = options["reason"].strip()
        if not reason:
            raise CommandError("The reason is empty; it is kept on record, so give one.")
        if not pause(reason):
            raise CommandError("This installation is paused already. `manage.py adopt` ends that.")
        self.stdout.write("Paused. Nothing is asked of Xero and no mail is sent until `manage.py adopt`.")

"""`manage.py stop_sync (COMPANY | --all) --reason TEXT [--by EMAIL]`: an operator's act, kept on record."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from integrations.management import stopping_command


class Command(BaseCommand):
    help = "Stop the sync of one company or of all at once; changes wait, nothing is lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        stopping_command.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(stopping_command.carry_out(options, is_stop=True))

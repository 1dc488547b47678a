"""`manage.py clock --shift 3d | --reset`: move the calendar of all processes, under DEBUG."""

import re
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from released.clock import now
from released.clock.calendar import forget_shift
from released.clock.models import ClockShift

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def parse_duration(text: str) -> int:
    """Seconds in `3d`, `-2h`, `1d12h`; ValueError when it is none of these."""
    match = re.fullmatch(r"([+-]?)((?:\d+[smhdw])+)", text.strip())
    if not match:
        raise ValueError(f"“{text}” is not a duration. Write for example 3d, 90m, 1d12h or -2h.")
    total = sum(int(n) * UNITS[unit] for n, unit in re.findall(r"(\d+)([smhdw])", match[2]))
    return -total if match[1] == "-" else total


class Command(BaseCommand):
    help = "Moves the calendar of web, workers and beat. Leases and deliveries keep real time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--shift", help="move on by this much, added to earlier shifts: 3d, 90m, -2h")
        parser.add_argument("--reset", action="store_true", help="back to real time")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The calendar is moved only where DEBUG is on; nothing was changed.")
        row, _ = ClockShift.objects.get_or_create(pk=1)
        if options["reset"]:
            row.seconds = 0
        elif options["shift"]:
            try:
                row.seconds += parse_duration(options["shift"])
            except ValueError as problem:
                raise CommandError(str(problem)) from problem
        row.save()
        forget_shift()
        self.stdout.write(f"The calendar says {now():%d %b %Y %H:%M:%S} UTC ({row}).")

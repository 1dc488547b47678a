"""`manage.py load_demo`: the demo's two firms. Does nothing when they are there already."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from released.web.demo_data.load import load_firms


class Command(BaseCommand):
    """Loads accounts whose passwords everybody knows, so it refuses wherever people really work."""

    help = "Load two firms with people, companies and documents (development only; connects nothing)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("load_demo creates people with a known password and runs only with DEBUG on.")
        made = load_firms()
        if not made:
            self.stdout.write("The demo's firms are there already.")
        for company, documents in made.items():
            self.stdout.write(f"{company}: {documents} documents")

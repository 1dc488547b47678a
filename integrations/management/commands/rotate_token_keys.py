"""`manage.py rotate_token_keys`: write every stored secret anew with the first of TOKEN_ENCRYPTION_KEYS.

Put the new key in front and restart everything, then run this, then take the old key away. Nothing
stands still meanwhile: each row is locked for the moment of its own writing, and a refresh that
is under way is waited for.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrations.rekeying import rewrite_secrets


class Command(BaseCommand):
    help = "Write every stored secret anew with the first of TOKEN_ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        done = rewrite_secrets()
        self.stdout.write(f"{done.rewritten} rows written anew with the first key.")
        if done.unreadable:
            names = ", ".join(done.unreadable)
            raise CommandError(
                f"No key of TOKEN_ENCRYPTION_KEYS reads {names}: keep looking for the old key."
            )

"""What every bench stands on: throw-away servers, migrated tables, and a sandbox."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import django

from demo.servers import postgres, valkey
from tests.environment import FIXED

if TYPE_CHECKING:
    from tests.sandbox import Sandbox

LARGE, SMALL, WRITER = "Castlegate Estates Ltd", "Mill Lane Properties Ltd", "Quayside Lettings Ltd"
FREELY = {"minute": 1_000_000, "day": 10_000_000, "app_minute": 10_000_000}


@contextmanager
def stage() -> Iterator["Sandbox"]:
    """Processes that are started inside the block inherit the addresses of all of it."""
    with ExitStack() as servers:
        os.environ.update(FIXED | {"LOG_LEVEL": "WARNING", "DEBUG": "0"})
        os.environ["DATABASE_URL"] = servers.enter_context(postgres(durable=False))
        os.environ["REDIS_URL"] = servers.enter_context(valkey())
        django.setup()
        from django.conf import settings  # noqa: PLC0415 - need the settings
        from django.core.management import call_command  # noqa: PLC0415

        from tests.sandbox import running  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        sandbox = servers.enter_context(running(patience=600))
        for name in ("XERO_LOGIN_URL", "XERO_IDENTITY_URL", "XERO_API_URL"):
            os.environ[name] = sandbox.url
            setattr(settings, name, sandbox.url)
        yield sandbox

"""What `bin/demo` can be asked for."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field

DESCRIPTION = """\
Run the product with demo data: web, worker, beat, a sandbox Xero and a mail catcher, on real PostgreSQL and
Valkey. Ctrl-C stops everything; what was typed is kept in .run/ (RELEASED_RUN_DIR names another folder).
"""
EPILOG = """\
Ports: PORT (8000), XERO_SANDBOX_PORT (8200), MAIL_SMTP_PORT (8025), MAIL_HTTP_PORT (8026).
Every setting of docs/configuration.md that is set in the environment wins. DATABASE_URL and REDIS_URL name
servers of your own; XERO_LOGIN_URL, XERO_IDENTITY_URL and XERO_API_URL another Xero than the sandbox.
"""


@dataclass(frozen=True)
class Options:
    """One call of the command."""

    tour: bool = False
    fresh: bool = False
    rest: list[str] = field(default_factory=list)


def read_options(arguments: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(
        prog="bin/demo",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--tour", action="store_true", help="play the whole story, tell it, and stop")
    parser.add_argument("--fresh", action="store_true", help="start over with an empty database")
    known, rest = parser.parse_known_args(arguments)
    if rest and not known.tour:
        parser.error(f"unknown: {' '.join(rest)}")
    return Options(tour=known.tour, fresh=known.fresh, rest=rest)

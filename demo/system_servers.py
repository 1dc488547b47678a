"""Run a command on the PostgreSQL and Redis that the system packages, instead of those from wheels.

    python -m demo.system_servers --postgres /usr/lib/postgresql/15/bin --redis /usr/bin/redis-server pytest

Started like ours: on loopback, on free ports, PostgreSQL never as root, gone afterwards. `.ci/run` repeats
the integration tests so, because these are the versions that an operator of Debian has.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from demo.servers import postgres, valkey
from demo.signals import exit_on_sigterm


def main() -> None:
    parser = argparse.ArgumentParser(prog="demo.system_servers")
    parser.add_argument("--postgres", type=Path, required=True, help="the folder of initdb and postgres")
    parser.add_argument("--redis", type=Path, required=True, help="the program redis-server")
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    exit_on_sigterm()
    sys.exit(run(given.command, programs=given.postgres, program=given.redis))


def run(command: list[str], *, programs: Path, program: Path) -> int:
    with (
        postgres(durable=False, programs=programs) as database_url,
        valkey(program=program) as redis_url,
    ):
        environment = {**os.environ, "DATABASE_URL": database_url, "REDIS_URL": redis_url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    main()

"""The whole product on one machine: `bin/demo`.

Servers first, then the schema and the demo data, then every process under one runner. Whatever ends it
(Ctrl-C, SIGTERM, a process that fails), the processes stop first and their servers after them.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from honcho.manager import Manager

from demo import places
from demo.arguments import Options, read_options
from demo.environment import demo_environment, wants_mail, wants_sandbox
from demo.lines import Lines
from demo.ports import Ports, PortTaken, choose_ports
from demo.processes import Process, python, services
from demo.servers import ServerDidNotStart, postgres, valkey
from demo.signals import exit_on_sigterm


def main() -> None:
    options = read_options(sys.argv[1:])
    exit_on_sigterm()
    try:
        sys.exit(run(options))
    except (PortTaken, ServerDidNotStart, places.InUse) as error:
        sys.exit(f"demo: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"demo: `{' '.join(error.cmd[1:])}` failed; its message is above.")
    except KeyboardInterrupt:
        sys.exit(130)


def run(options: Options) -> int:
    run_dir = places.run_dir(tour=options.tour)
    with places.alone_in(run_dir):
        if options.fresh:
            places.empty(run_dir)
        ports = choose_ports(os.environ, move=options.tour, needed=needed_ports())
        with servers(run_dir, fresh=options.tour) as (database_url, redis_url):
            environment = demo_environment(
                os.environ, run_dir=run_dir, ports=ports, database_url=database_url, redis_url=redis_url
            )
            prepare(environment)
            return serve(options, environment, run_dir=run_dir, ports=ports)


def needed_ports() -> list[str]:
    xero = ["xero"] if wants_sandbox(os.environ) else []
    return ["web", *xero, *(["smtp", "mail"] if wants_mail(os.environ) else [])]


@contextmanager
def servers(run_dir: Path, *, fresh: bool) -> Iterator[tuple[str, str]]:
    """The operator's own where named; else ours. A tour has an empty database, whatever was typed before."""
    with ExitStack() as stack:
        database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
        if not database_url:
            say("starting PostgreSQL")
            data = None if fresh else places.database(run_dir)
            database_url = stack.enter_context(postgres(data, durable=not fresh))
        if not redis_url:
            say("starting Valkey")
            redis_url = stack.enter_context(valkey())
        yield database_url, redis_url


def prepare(environment: dict[str, str]) -> None:
    """Where the database is ours, another port is no other installation."""
    commands = [["migrate", "--verbosity", "0"], ["load_demo"]]
    if not os.environ.get("DATABASE_URL"):
        commands.append(["adopt", "--yes", "--verbosity", "0"])
    for command in commands:
        say(f"manage.py {' '.join(command)}")
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)


def serve(options: Options, environment: dict[str, str], *, run_dir: Path, ports: Ports) -> int:
    """Run until something ends. A tour's status is its own; anything else that ended is a failure."""
    passed = run_dir / "tour.passed"
    passed.unlink(missing_ok=True)
    task = ["tour", str(passed), *options.rest] if options.tour else ["serve"]
    chosen = services(
        ports=ports,
        run_dir=run_dir,
        sandbox=wants_sandbox(os.environ),
        mail=wants_mail(os.environ),
    )
    with Lines(log=run_dir / "demo.log" if options.tour else None) as lines:
        status = runner([Process("demo", python("-m", "demo.ready", *task)), *chosen], environment, lines)
        failed = options.tour and not passed.exists()
        if failed:
            lines.show_last()
    return (status or 1) if failed else status


def runner(chosen: list[Process], environment: dict[str, str], lines: Lines) -> int:
    manager = Manager(lines)
    for process in chosen:
        manager.add_process(process.name, process.command, env=environment)
    manager.loop()
    return int(manager.returncode)


def say(text: str) -> None:
    print(f"demo: {text}", flush=True)


if __name__ == "__main__":
    main()

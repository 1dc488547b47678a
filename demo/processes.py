"""What runs: one line per process, as an operator would start it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import join

from demo.ports import Ports, loopback_addresses


@dataclass(frozen=True)
class Process:
    """A named command of the process runner."""

    name: str
    command: str


def services(*, ports: Ports, run_dir: Path, sandbox: bool, mail: bool) -> list[Process]:
    """The product's processes, and the two that stand in for the world outside."""
    chosen = [
        Process("web", web(ports)),
        Process("worker", celery("worker", *WORKER)),
        Process("prompt", celery("worker", *PROMPT)),
        Process("beat", celery("beat", *beat(run_dir))),
    ]
    if mail:
        addresses = ["--smtp", str(ports.smtp), "--http", str(ports.mail)]
        chosen.append(Process("mail", python("-m", "demo.mailbox", *addresses)))
    if sandbox:
        seeded = ["--port", str(ports.xero), "--seed", "demo"]
        chosen.append(Process("xero", python("-m", "xero_sandbox", *seeded)))
    return chosen


QUIETLY = ("--loglevel", "WARNING", "--without-mingle")
WORKER = ("-Q", "interactive,background", "-c", "4", *QUIETLY)
PROMPT = ("-Q", "interactive", "-c", "2", "-n", "prompt@%h", *QUIETLY)


def beat(run_dir: Path) -> tuple[str, ...]:
    return ("--schedule", str(run_dir / "beat"), "--pidfile", "", "--loglevel", "WARNING")


def web(ports: Ports) -> str:
    hosts = [f"[{host}]" if ":" in host else host for host in loopback_addresses()]
    arguments = [argument for host in hosts for argument in ("--bind", f"{host}:{ports.web}")]
    return python("-m", "gunicorn", "released.wsgi", *arguments, "--workers", "2", "--threads", "4", *WEB)


# A browser or script that comes back every few seconds must not meet a connection being closed.
WEB = ("--log-level", "warning", "--graceful-timeout", "3", "--keep-alive", "75")


def celery(command: str, *arguments: str) -> str:
    return python("-m", "celery", "--quiet", "-A", "released", command, *arguments)


def python(*arguments: str) -> str:
    """`exec`, so that no shell stays between the runner and the process it stops."""
    return "exec " + join([sys.executable, *arguments])


def addresses(environment: Mapping[str, str], *, sandbox: bool, mail: bool) -> list[str]:
    """What a person opens first."""
    lines = [f"Released        {environment['SITE_URL']}"]
    if sandbox:
        lines.append(f"Sandbox Xero    {environment['DEMO_XERO_URL']}/sandbox/")
    if mail:
        lines.append(f"Mails           {environment['DEMO_MAIL_URL']}")
    return lines

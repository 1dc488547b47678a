"""Runs beside the services: waits until they answer, tells a person where to go, or plays the tour.

A process of the runner like the others, because the runner stops everything as soon as one of them ends: the
end of the tour is the end of the demo.

    python -m demo.ready serve | tour PASSED [argument...]
"""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

from demo.processes import addresses

PATIENCE = 90
SIGN_INS = """\
Sign in with the password `demo` as
    admin@northgate.example        everything, also the integrations
    manager@northgate.example      property manager: invoices and expenses
    readonly@northgate.example     may look
    connector@northgate.example    connects companies, gets the mails
    admin@harbour.example          another customer altogether"""


def main() -> None:
    environment = os.environ
    sandbox, mail = "DEMO_XERO_URL" in environment, "DEMO_MAIL_URL" in environment
    waiting = [environment["DEMO_WEB_URL"] + "/readyz"]
    waiting += [environment[name] for name in ("DEMO_XERO_URL", "DEMO_MAIL_URL") if name in environment]
    for url in waiting:
        wait_for(url, until=time.monotonic() + PATIENCE)
    print("\n".join(["", *addresses(environment, sandbox=sandbox, mail=mail), ""]), flush=True)
    if sys.argv[1] == "tour":
        sys.exit(tour(Path(sys.argv[2]), sys.argv[3:]))
    print(
        f"{SIGN_INS}\n\nCtrl-C stops everything; what you typed is kept (--fresh starts over).\n", flush=True
    )
    threading.Event().wait()


def wait_for(url: str, *, until: float) -> None:
    while not answers(url):
        if time.monotonic() > until:
            sys.exit(f"{url} does not answer.")
        time.sleep(0.2)


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5, trust_env=False).status_code < 500
    except httpx.HTTPError:
        return False


def tour(passed: Path, arguments: list[str]) -> int:
    """The note is what tells a passed tour from a service that ended with status 0 in the middle of it."""
    status = subprocess.run([sys.executable, "-m", "demo.tour", *arguments], check=False).returncode
    if status == 0:
        passed.touch()
    return status


if __name__ == "__main__":
    main()

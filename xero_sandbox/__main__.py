"""Start the sandbox: `python -m xero_sandbox --port 8200`."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import threading

from aiohttp import web

from xero_sandbox.app import make_app
from xero_sandbox.identity.keys import SigningKey
from xero_sandbox.seed.start import SEEDS, seed_world
from xero_sandbox.settings import from_environment
from xero_sandbox.state import World


def main() -> int:
    asked = _arguments()
    if os.environ.get("DEBUG", "").lower() in ("false", "0", "no", "off") and not asked.force:
        print(
            "DEBUG is off: a stand-in for Xero has no place in production. Use --force if you mean it.",
            file=sys.stderr,
        )
        return 2
    world = World(from_environment(asked.seed), SigningKey())
    seed_world(world, asked.seed)
    listener = _listener(asked.host, asked.port)
    if asked.until_input_ends:
        threading.Thread(target=_end_with_input, daemon=True).start()
    print(f"Sandbox Xero on http://{asked.host}:{listener.getsockname()[1]}/sandbox/", flush=True)
    web.run_app(make_app(world), sock=listener, print=None, access_log=None, handle_signals=True)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="xero_sandbox", description="A stand-in for Xero that can misbehave."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8200, help="0 takes a free one and prints it")
    parser.add_argument("--seed", choices=sorted(SEEDS), default="demo")
    parser.add_argument("--force", action="store_true", help="start although DEBUG is off")
    parser.add_argument(
        "--until-input-ends",
        action="store_true",
        help="end when standard input does, so that nothing is left of who started it and was killed",
    )
    return parser.parse_args()


def _end_with_input() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _listener(host: str, port: int) -> socket.socket:
    """TCP_NODELAY is aiohttp's own default on the sockets it accepts; small answers go out at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(256)
    return listener


if __name__ == "__main__":
    sys.exit(main())

"""Loopback ports: which are free, and which addresses `localhost` means on this machine."""

import random
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

# Below what systems hand to outgoing connections: such a port would be free now and taken a second later.
OURS = range(12_000, 32_000)


def free_port() -> int:
    """A port that nobody listens on now, and that no outgoing connection is given by accident."""
    return next(port for port in random.sample(OURS, len(OURS)) if is_free(port))


def is_free(port: int) -> bool:
    """Whether every address of `localhost` has this port free."""
    return all(_binds(address, port) for address in loopback_addresses())


@cache
def loopback_addresses() -> tuple[str, ...]:
    """127.0.0.1, and ::1 where the machine has it: a browser may take either for `localhost`."""
    return tuple(address for address in ("127.0.0.1", "::1") if _binds(address, 0))


def _binds(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.create_server((address, port), family=family):
            return True
    except OSError:
        return False


@dataclass(frozen=True)
class Ports:
    """Where the demo listens."""

    web: int
    xero: int
    smtp: int
    mail: int


VARIABLES = {"web": "PORT", "xero": "XERO_SANDBOX_PORT", "smtp": "MAIL_SMTP_PORT", "mail": "MAIL_HTTP_PORT"}
DEFAULTS = {"web": 8000, "xero": 8200, "smtp": 8025, "mail": 8026}


class PortTaken(RuntimeError):
    """Another program listens where the demo would; the message says which variable moves it."""


def choose_ports(given: Mapping[str, str], *, move: bool, needed: Collection[str]) -> Ports:
    """The default or given ports. Raises PortTaken, unless `move` allows free ones instead."""
    chosen = {name: int(given.get(variable) or DEFAULTS[name]) for name, variable in VARIABLES.items()}
    for name in needed:
        if is_free(chosen[name]):
            continue
        if not move:
            raise PortTaken(_explain(chosen[name], VARIABLES[name]))
        chosen[name] = free_port()
    return Ports(**chosen)


def _explain(port: int, variable: str) -> str:
    return f"Port {port} is in use. Set {variable} to a free one, such as: {variable}={port + 1000} bin/demo"

"""Loopback ports: which are free, and which addresses `localhost` means on this machine."""

import socket
from functools import cache


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


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

"""A real PostgreSQL and a real Valkey for as long as a `with` block lasts, without installing anything.

`postgres()` and `valkey()` yield URLs with a password that nobody else knows: both listen on a port of the
loopback interface, which every user of the machine can reach, and a superuser of PostgreSQL may run programs.
"""

from demo.servers.postgres import postgres
from demo.servers.process import ServerDidNotStart
from demo.servers.valkey import valkey

__all__ = ["ServerDidNotStart", "postgres", "valkey"]

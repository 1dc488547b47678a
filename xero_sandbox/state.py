"""Everything the sandbox knows, in memory: one World per process, thrown away by `reset`."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field

from xero_sandbox.accounting.idempotency import IdempotencyStore
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.clock import Clock
from xero_sandbox.faults import FaultScript
from xero_sandbox.identity.keys import SigningKey
from xero_sandbox.identity.model import Connection, IdentityStore, User
from xero_sandbox.limits import Limits
from xero_sandbox.outage import Outage
from xero_sandbox.record import Record
from xero_sandbox.settings import Settings
from xero_sandbox.switches import Switches
from xero_sandbox.webhooks import Webhooks


@dataclass
class World:
    settings: Settings
    key: SigningKey
    clock: Clock = field(default_factory=Clock)
    switches: Switches = field(default_factory=Switches)
    identity: IdentityStore = field(default_factory=IdentityStore)
    users: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    roles: dict[tuple[str, str], str] = field(default_factory=dict)
    connections: dict[str, Connection] = field(default_factory=dict)
    idempotency: IdempotencyStore = field(default_factory=IdempotencyStore)
    record: Record = field(default_factory=Record)
    faults: FaultScript = field(default_factory=FaultScript)
    limits: Limits = field(default_factory=Limits)
    outage: Outage = field(default_factory=Outage)
    webhooks: Webhooks = field(default_factory=Webhooks)

    def user(self, name: str) -> User | None:
        """By id, email or name: a person at a form and a test both know one of them."""
        wanted = name.strip().lower()
        return next(
            (
                one
                for one in self.users.values()
                if wanted in (one.user_id, one.email.lower(), one.name.lower())
            ),
            None,
        )

    def organisation(self, name: str) -> Organisation | None:
        wanted = name.strip().lower()
        found = self.organisations.get(wanted)
        return found or next((one for one in self.organisations.values() if one.name.lower() == wanted), None)

    def wipe(self) -> None:
        """Forget everything; the signing key and the settings stay, as they would at Xero."""
        fresh = World(self.settings, self.key)
        vars(self).update(vars(fresh))


def new_id() -> str:
    return str(uuid.uuid4())


def new_hex() -> str:
    return secrets.token_hex(16)

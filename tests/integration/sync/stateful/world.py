"""One sequence’s world: a company, its organisation in the sandbox, and who touched what on which side."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import connection as database

from integrations.models import Connection, Grant
from integrations.organisations import Offered
from integrations.transitions import bind, confirm_sync_from
from integrations.xero import connections, oauth, published_keys
from released.accounts.models import User
from released.clock import now
from released.clock.calendar import forget_shift
from released.portfolio.models import Contact
from sync.models import Delivery, Schedule
from sync.turn import Next, take_turn
from tests.factories.accounts import member
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import age_deliveries, ask, fresh_minute
from tests.integration.sync.stateful.tally import Tally
from tests.sandbox import Sandbox

ORGANISATION = "Castlegate Estates Ltd"
EMPTIED = "TRUNCATE integrations_grant, portfolio_company, accounts_account, accounts_user CASCADE"
SETTLING_ROUNDS = 8


@dataclass
class World:
    """`here` are fields that a person changed by our id, `there` those changed in Xero by Xero’s."""

    sandbox: Sandbox
    connection: Connection
    person: User
    contacts: list[Contact]
    tally: Tally
    documents: list[int] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    here: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    there: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    faults: dict[int, str] = field(default_factory=dict)
    count: int = 0
    is_cut: bool = False

    def next(self) -> int:
        """A number that was never used in this sequence, so that nothing is alike by accident."""
        self.count += 1
        return self.count

    def do(self, action: str, /, **body: Any) -> Any:
        return self.sandbox.do(action, organisation=ORGANISATION, **body)

    def rows(self) -> list[dict[str, Any]]:
        """Xero’s own state."""
        asked = {"organisation": ORGANISATION, "limit": 1000}
        found: list[dict[str, Any]] = self.sandbox.see("documents", **asked)["documents"]
        return found

    def fault(self, label: str, **script: Any) -> None:
        self.faults[self.sandbox.do("faults", **script)["fault_id"]] = label

    def turn(self) -> Next:
        """As beat would have it, with its pauses and Xero’s minute over."""
        Schedule.objects.filter(pk=self.connection.pk).update(held_until=None)
        fresh_minute()
        return take_turn(self.connection.pk)

    def reconnect(self) -> None:
        """As the flow does after a new consent, with the date it had."""
        self.connection.refresh_from_db()
        if self.connection.state != Connection.State.REVOKED:
            return
        self.is_cut = False
        tokens, identity = self.sandbox.sign_in(organisation=ORGANISATION)
        grant = Grant.objects.get(xero_user_id=identity.xero_user_id)
        grant.access_token, grant.refresh_token = tokens.access_token, tokens.refresh_token
        grant.expires_at, grant.state = tokens.expires_at, Grant.State.ALIVE
        grant.save()
        row = next(one for one in connections.list_for(tokens.access_token) if one.name == ORGANISATION)
        offered = Offered(row.id, row.xero_tenant_id, row.name)
        bound = bind(self.connection.company, grant=grant, organisation=offered, by=self.person)
        confirm_sync_from(bound, sync_from=bound.sync_from or now().date(), by=self.person)

    def settle(self) -> None:
        """No more faults, Xero’s memory of keys over, access given back: turns until nothing moves."""
        self._clear()
        for _ in range(SETTLING_ROUNDS):
            age_deliveries(10)
            self.reconnect()
            Schedule.objects.filter(pk=self.connection.pk).update(compared_at=None)
            fresh_minute()
            ask(Connection.objects.get(pk=self.connection.pk))
            self.connection.refresh_from_db()
            is_open = Delivery.objects.filter(connection=self.connection, state=Delivery.State.OPEN).exists()
            if self.connection.state == Connection.State.CONNECTED and not is_open:
                return
        raise AssertionError(f"not quiet after {SETTLING_ROUNDS} rounds: {self.connection.state}")

    def _clear(self) -> None:
        for one in self.sandbox.see("state")["faults"]:
            if one["fired"]:
                self.tally.faults[self.faults.get(one["fault_id"], "?")] += one["fired"]
        self.sandbox.do("faults", clear=True)
        self.sandbox.do("limits", fresh=True)
        self.sandbox.do("clock", shift_seconds=60)


def fresh_world(sandbox: Sandbox, tally: Tally, seed: int) -> World:
    """Everything anew on both sides; the facts that nobody knows about Xero drawn from the seed."""
    with database.cursor() as cursor:
        cursor.execute(EMPTIED)
    forget_shift()
    fresh_minute()
    sandbox.do("reset")
    published_keys.forget()
    oauth.forget_app_token()
    sandbox.do("clock", reset=True)
    sandbox.do("faults", clear=True)
    sandbox.do("limits", enabled=False)
    sandbox.switch(draw=seed)
    sandbox.switch(redirect_uri_check="relaxed")
    made = sandbox.connection(organisation=ORGANISATION)
    person = member(made.company.account)
    contacts = ContactFactory.create_batch(2, company=made.company)
    tally.sequences += 1
    return World(sandbox, made, person, contacts, tally)

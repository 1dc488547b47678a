"""One sequence’s world: a company, its organisation in the sandbox, and the clocks of all who take part."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection as database
from django.db.models import F

from integrations.models import Connection, Grant
from integrations.organisations import Offered
from integrations.transitions import bind, confirm_sync_from
from integrations.xero import connections, oauth, published_keys
from released.accounts.models import User
from released.clock import now
from released.clock.calendar import forget_shift
from released.clock.models import ClockShift
from released.portfolio.models import Contact
from sync.models import Delivery, Lease, Schedule
from tests.factories.accounts import member
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import fresh_minute
from tests.integration.sync.stateful.tally import Tally
from tests.integration.sync.stateful.touches import Touches
from tests.sandbox import Sandbox

ORGANISATION = "Castlegate Estates Ltd"
EMPTIED = "TRUNCATE integrations_grant, portfolio_company, accounts_account, accounts_user CASCADE"
CLAIM_TIMES = ("claimed_at", "first_claimed_at", "last_sent_at", "cool_until")
Row = dict[str, Any]


@dataclass
class World:
    """What every act works on. `typed` are documents that people made in Xero, by Xero’s id."""

    sandbox: Sandbox
    connection: Connection
    person: User
    contacts: list[Contact]
    tally: Tally
    touches: Touches = field(default_factory=Touches)
    typed: set[str] = field(default_factory=set)
    poisoned: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    chosen: set[int] = field(default_factory=set)
    linked_by_hand: set[int] = field(default_factory=set)
    faults: dict[int, str] = field(default_factory=dict)
    untold: list[Row] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    not_owed: list[str] = field(default_factory=list)
    skew_hours: int = 0
    passed: float = 0.0
    count: int = 0
    is_cut: bool = False

    def next(self) -> int:
        """A number that was never used in this sequence, so that nothing is alike by accident."""
        self.count += 1
        return self.count

    def do(self, action: str, /, **body: Any) -> Any:
        return self.sandbox.do(action, organisation=ORGANISATION, **body)

    def rows(self) -> list[Row]:
        """Xero’s own state, the oldest first."""
        asked = {"organisation": ORGANISATION, "limit": 1000}
        found: list[Row] = self.sandbox.see("documents", **asked)["documents"]
        return found[::-1]

    def fault(self, label: str, **script: Any) -> None:
        self.faults[self.sandbox.do("faults", **script)["fault_id"]] = label

    def pass_time(self, seconds: float) -> None:
        """It goes by on every clock at once: the database’s, the calendar, and Xero’s."""
        self.passed += seconds
        gone, pk = timedelta(seconds=seconds), self.connection.pk
        held = Lease.objects.filter(pk=pk, owner__isnull=False)
        held.update(expires_at=F("expires_at") - gone)
        rows = Delivery.objects.filter(connection=pk)
        rows.update(first_sent_at=F("first_sent_at") - gone, last_sent_at=F("last_sent_at") - gone)
        Grant.objects.update(**{name: F(name) - gone for name in CLAIM_TIMES})
        pause = Schedule.objects.filter(pk=pk)
        pause.update(held_until=F("held_until") - gone, rung_at=F("rung_at") - gone)
        self.sandbox.do("clock", shift_seconds=seconds)
        self.set_calendar()

    def set_calendar(self) -> None:
        seconds = self.skew_hours * 3600 + self.passed
        ClockShift.objects.update_or_create(pk=1, defaults={"seconds": seconds})
        forget_shift()

    def reconnect(self) -> bool:
        """As the flow does after a new consent, with the date it had."""
        self.connection.refresh_from_db()
        if self.connection.state != Connection.State.REVOKED:
            return False
        self.is_cut = False
        tokens, identity = self.sandbox.sign_in(organisation=ORGANISATION)
        grant = Grant.objects.get(xero_user_id=identity.xero_user_id)
        grant.access_token, grant.refresh_token = tokens.access_token, tokens.refresh_token
        grant.expires_at, grant.state = tokens.expires_at, Grant.State.ALIVE
        grant.claim, grant.first_claimed_at, grant.in_doubt, grant.cool_until = None, None, False, None
        grant.save()
        row = next(one for one in connections.list_for(tokens.access_token) if one.name == ORGANISATION)
        offered = Offered(row.id, row.xero_tenant_id, row.name)
        bound = bind(self.connection.company, grant=grant, organisation=offered, by=self.person)
        confirm_sync_from(bound, sync_from=bound.sync_from or now().date(), by=self.person)
        self.connection.refresh_from_db()
        return True

    def count_faults(self) -> None:
        for one in self.sandbox.see("state")["faults"]:
            if one["fired"]:
                self.tally.faults[self.faults.get(one["fault_id"], "?")] += one["fired"]


def fresh_world(sandbox: Sandbox, tally: Tally, seed: int) -> World:
    """Everything anew on both sides; the facts that nobody knows about Xero drawn from the seed."""
    with database.cursor() as cursor:
        cursor.execute(EMPTIED)
    ClockShift.objects.all().delete()
    forget_shift()
    fresh_minute()
    sandbox.do("reset")
    published_keys.forget()
    oauth.forget_app_token()
    sandbox.do("limits", enabled=False)
    sandbox.switch(draw=seed)
    sandbox.switch(redirect_uri_check="relaxed")
    made = sandbox.connection(organisation=ORGANISATION)
    person = member(made.company.account)
    contacts = ContactFactory.create_batch(2, company=made.company)
    return World(sandbox, made, person, contacts, tally)

"""The stateful property: whatever happens in whatever order, both sides end in agreement or say why not."""

from typing import ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from integrations.xero import steps
from released.billing.models import Kind
from released.clock.calendar import forget_shift
from released.clock.models import ClockShift
from sync.asking import ask_sync
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import age_deliveries, fresh_minute
from tests.integration.sync.stateful import hands
from tests.integration.sync.stateful.oracle import judge
from tests.integration.sync.stateful.tally import Tally
from tests.integration.sync.stateful.weather import CRASHES, FAULTS, strike
from tests.integration.sync.stateful.world import ORGANISATION, World, fresh_world
from tests.sandbox import Sandbox

PLACES = st.integers(0, 30)


class Crash(BaseException):
    """The process dies here."""


class Books(RuleBasedStateMachine):
    """Rules are what people, Xero, the network and the clock do; `teardown` asks the oracle."""

    sandbox: ClassVar[Sandbox]
    tally: ClassVar[Tally]
    world: World
    seed: int

    @initialize(seed=st.integers(0, 100_000))
    def begin(self, seed: int) -> None:
        self.seed = seed
        self.world = fresh_world(self.sandbox, self.tally, seed)
        for kind in Kind:
            hands.raise_one(self.world, kind, approved=True, days_ago=3)
        self.world.turn()

    @rule(kind=st.sampled_from(list(Kind)), approved=st.booleans(), days_ago=st.integers(0, 60))
    def raise_one(self, kind: Kind, approved: bool, days_ago: int) -> None:
        hands.raise_one(self.world, kind, approved=approved, days_ago=days_ago)
        self._did("raise")

    @rule(place=PLACES, name=st.sampled_from(("approve", "void", *hands.FIELDS)))
    def work_here(self, place: int, name: str) -> None:
        document = hands.ours(self.world, place)
        if document is None:
            return
        if name in ("approve", "void"):
            done = (hands.approve if name == "approve" else hands.void_here)(self.world, document)
        else:
            done = hands.edit_here(self.world, document, name)
        self._did(f"{name} here", done)

    @rule(place=PLACES, name=st.sampled_from(("pay", "void", *hands.FIELDS)), touch=st.booleans())
    def work_there(self, place: int, name: str, touch: bool) -> None:
        rows = self.world.rows()
        if not rows:
            return
        row = rows[place % len(rows)]
        if name in ("pay", "void"):
            done = (hands.pay_there if name == "pay" else hands.void_there)(self.world, row)
        else:
            done = hands.edit_there(self.world, row, name, touch=touch)
        self._did(f"{name} there", done)

    @rule()
    def type_there(self) -> None:
        hands.type_there(self.world)
        self._did("type there")

    @rule(days_ago=st.integers(0, 60))
    def move_date(self, days_ago: int) -> None:
        hands.move_date(self.world, days_ago)
        self._did("date moved")

    @rule()
    def disconnect(self) -> None:
        if not self.world.is_cut:
            self.sandbox.do("disconnect-app", organisation=ORGANISATION)
            self.world.is_cut = True
            self._did("disconnected in Xero")

    @rule()
    def reconnect(self) -> None:
        self.world.reconnect()
        self._did("reconnect")

    @rule(label=st.sampled_from(sorted(FAULTS)))
    def fault(self, label: str) -> None:
        """The next call that fits meets it, and there is something to call for."""
        strike(self.world, label)
        self._make_pending(label)
        self.turn()

    @rule(hours=st.sampled_from((-30, 1, 30)))
    def shift_ours(self, hours: int) -> None:
        ClockShift.objects.update_or_create(pk=1, defaults={"seconds": hours * 3600})
        forget_shift()
        self._did("our clock shifted")

    @rule(minutes=st.sampled_from((1, 40)))
    def shift_theirs(self, minutes: int) -> None:
        self.sandbox.do("clock", shift_seconds=60 * minutes)
        self._did("their clock shifted")

    @rule(minutes=st.sampled_from((3, 6, 8)))
    def age(self, minutes: int) -> None:
        age_deliveries(minutes)
        self._did("time passed")

    @rule(point=st.sampled_from(CRASHES))
    def crash(self, point: str) -> None:
        """A turn that dies at the point, if it gets there."""

        def die(reached: str) -> None:
            if reached == point:
                raise Crash

        self._make_pending(point)
        try:
            with steps.listening(die):
                self.turn()
        except Crash:
            self.tally.faults[f"crash {point}"] += 1

    @rule()
    def turn(self) -> None:
        with steps.listening(self.tally.reached):
            self.world.turn()
        self._did("turn")

    @rule()
    def sync_now(self) -> None:
        ask_sync(self.world.connection, by=None)
        self.turn()

    @rule()
    def flush_broker(self) -> None:
        fresh_minute()
        self._did("broker flushed")

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        ClockShift.objects.update_or_create(pk=1, defaults={"seconds": 0})
        forget_shift()
        with steps.listening(self.tally.reached):
            self.world.settle()
        self.tally.note_deliveries(self.world.connection.pk)
        wrong = judge(self.world)
        self.tally.wrong += [f"seed {self.seed}: {said}" for said in wrong]
        note("\n".join(wrong))
        assert not wrong

    def _make_pending(self, why: str) -> None:
        kind = Kind.CREDIT_NOTE if "Credit" in why else Kind.INVOICE
        if "Contacts" in why:
            self.world.contacts[0] = ContactFactory.create(company=self.world.connection.company)
        if "POST" in why:
            for place in range(4):
                document = hands.ours(self.world, place)
                if document is not None and hands.edit_here(self.world, document, "reference"):
                    return
        hands.raise_one(self.world, kind, approved=True, days_ago=1)

    def _did(self, what: str, done: bool = True) -> None:
        if done:
            self.tally.acts[what] += 1

"""What every call of a turn passes just before it leaves us: the allowance, the lease, the key's memory.

The client asks the gate again before a repeated call (after a refreshed token), so no request
ever leaves outside the lease or after Xero may have forgotten its idempotency key, however long
the steps before it took or the process was suspended (docs/protocols.md 2.2).
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from integrations.xero import steps
from integrations.xero.deadline import elapsed_clock
from sync.allowance import Allowance
from sync.errors import OutOfTime

CALL_SECONDS = 32.0  # a call ends by then, whatever Xero does


class Gate:
    """One turn's gate. `lease_until` is of the elapsed clock, and moves when the lease is lengthened."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._replay_until: float | None = None
        self.lease_until = 0.0
        self.is_heard = False
        """Whether Xero answered anything in this turn but with an error of its own."""

    def before(self) -> None:
        """Raises Throttled or OutOfTime; then nothing was sent."""
        self._allowance.take()
        steps.reach("gate.passing")
        try:
            self._require_time()
        except OutOfTime:
            self._allowance.give_back()
            raise

    def after(self, headers: Mapping[str, str], status: int) -> None:
        self._allowance.learn(headers, status)
        self.is_heard = self.is_heard or status < 500

    @contextmanager
    def for_person(self) -> Iterator[None]:
        """Inside the block somebody waits for the calls: the reserve may be used."""
        before, self._allowance.for_person = self._allowance.for_person, True
        try:
            yield
        finally:
            self._allowance.for_person = before

    @contextmanager
    def followed_by(self, calls: int) -> Iterator[None]:
        """Inside the block a call is made only if so many more fit into the minute, since it is for them.

        A reading that no writing follows would have to be made again, and might be for ever.
        """
        self._allowance.following = calls
        try:
            yield
        finally:
            self._allowance.following = 0

    def together(self) -> AbstractContextManager[None]:
        """Inside the block are a reading and its writing."""
        return self._allowance.together()

    @contextmanager
    def replayable_until(self, moment: float) -> Iterator[None]:
        """Inside the block requests carry a key that Xero surely knows until then."""
        self._replay_until = moment
        try:
            yield
        finally:
            self._replay_until = None

    def _require_time(self) -> None:
        moment = elapsed_clock()
        if moment + CALL_SECONDS >= self.lease_until:
            raise OutOfTime
        if self._replay_until is not None and moment >= self._replay_until:
            raise OutOfTime

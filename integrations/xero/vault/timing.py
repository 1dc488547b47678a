"""How long each step of the vault may take. They hang together; `fits` says how."""

from dataclasses import dataclass
from datetime import timedelta

from integrations.xero import token_endpoint


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds, by the database's clock unless said otherwise."""

    owner_lives: float = 60.0  # an unfinished claim younger than this belongs to somebody at work
    has_landed: float = 120.0  # no request is under way longer than this after it left
    exchange_lives: float = 60.0  # a consent whose exchange is unfinished; then its process is gone
    go_within: float = 20.0  # from the claim to the second transaction
    idle_limit: float = 20.0  # idle in transaction: then the database drops the lock
    pulse_lives: float = 5.0  # monotonic: how old the last sign of the lock may be when sending
    wait_to_claim: float = 2.0
    wait_to_refresh: float = 5.0
    wait_to_save_consent: float = 25.0
    cool_first: float = 10.0
    cool_most: float = 300.0
    cool_our_fault: float = 60.0  # nothing is the matter with Xero: once we are right again, go on soon
    margin: float = 60.0  # calendar: a token that ends sooner is not handed out
    last_breath: float = 10.0  # calendar: unless somebody is refreshing it at this moment
    idle_days: float = 45.0  # calendar: Xero ends a grant after 60 days without a refresh

    @property
    def may_send_until(self) -> float:
        """Seconds after a claim at which its last request, the previous token's, can leave."""
        return self.go_within + self.wait_to_refresh + 2 * self.pulse_lives + token_endpoint.SECONDS

    @property
    def fits(self) -> bool:
        """A call ends before the lock can be lost, and all of it before the claim may be taken over."""
        call = self.pulse_lives + token_endpoint.SECONDS
        return call < self.idle_limit and self.may_send_until + token_endpoint.SECONDS < self.owner_lives


_timing = [Timing()]


def timing() -> Timing:
    return _timing[0]


def set_timing(changed: Timing) -> Timing:
    """For tests that can't wait for minutes; gives back what held before."""
    before = _timing[0]
    _timing[0] = changed
    return before


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)

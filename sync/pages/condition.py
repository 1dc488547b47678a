"""What is said of a connection at a glance: a colour, a shape, a word, and one line beneath. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from integrations.halting import Halt
from integrations.models import Connection, Episode
from released.web.words import clock_text, count_text, moment_text
from sync.models import Reconciliation, Run
from sync.pages.stages import in_short

NOTABLE = frozenset({Run.Trigger.FIRST, Run.Trigger.RECONNECT, Run.Trigger.RANGE, Run.Trigger.MANUAL})
LARGE = 50


@dataclass(frozen=True)
class Condition:
    """`rank` sorts what needs somebody first."""

    tone: str
    word: str
    says: str
    rank: int


@dataclass(frozen=True)
class Facts:
    """What is known of one company's connection. `connection` is None when there never was one."""

    connection: Connection | None
    episode: Episode | None = None
    run: Run | None = None
    compared: Reconciliation | None = None
    unconnected: int = 0
    today: date | None = None
    halt: Halt | None = None
    is_stuck: bool = False


def condition_of(facts: Facts, zone: ZoneInfo) -> Condition:
    """The one word for the connection as such; whether a run is under way is told apart by `syncing_of`."""
    connection = facts.connection
    if connection is None or connection.state == Connection.State.DISCONNECTED:
        return _not_connected(facts)
    if connection.state == Connection.State.AWAITING_DATE:
        return Condition("off", "Waiting for the date", "choose it to start sharing", 1)
    if connection.state == Connection.State.REVOKED:
        since = f"since {moment_text(facts.episode.opened_at, zone)}" if facts.episode else ""
        return Condition("revoked", "Access lost", since, 0)
    return _connected(facts, connection, zone)


def syncing_of(facts: Facts) -> Condition | None:
    """While something long is under way; regular looks of a second are not worth a word."""
    run = facts.run
    is_held = facts.halt is not None or (facts.connection is not None and facts.connection.is_stopped)
    if run is None or run.ended_at is not None or is_held or not is_notable(run):
        return None
    return Condition("syncing", "Syncing", in_short(run), 3)


def is_notable(run: Run) -> bool:
    return run.trigger in NOTABLE or max(run.pull_total, run.push_total) >= LARGE


def _not_connected(facts: Facts) -> Condition:
    is_bound = facts.connection is not None and facts.connection.xero_tenant_id is not None
    says = "nothing is sent"
    if facts.unconnected:
        verb = "stays" if facts.unconnected == 1 else "stay"
        says += f"; {count_text(facts.unconnected, 'document')} {verb} here"
    return Condition("off", "Disconnected" if is_bound else "Not connected", says, 5)


def _connected(facts: Facts, connection: Connection, zone: ZoneInfo) -> Condition:
    if facts.halt is not None:
        return Condition("off", facts.halt.word, f"{facts.halt.says}; nothing is lost", 1)
    if connection.is_stopped:
        return Condition("off", "Stopped", "by an operator; nothing is lost", 1)
    if facts.episode and facts.episode.kind == Episode.Kind.UNAVAILABLE:
        says = f"since {clock_text(facts.episode.opened_at, zone)}; recovers by itself"
        return Condition("unavailable", "Xero unavailable", says, 2)
    if connection.missing_scopes:
        return Condition("unavailable", "Update permissions", "Xero asks for more than was given", 1)
    if facts.is_stuck:
        return Condition("unavailable", "Sync is stuck", "tried again by itself; nothing is lost", 1)
    return Condition("connected", "Connected", _last_word(facts, connection, zone), 4)


def _last_word(facts: Facts, connection: Connection, zone: ZoneInfo) -> str:
    compared, heard_at = facts.compared, connection.heard_at
    if compared is None:
        return f"last heard {_near(heard_at, facts, zone)}" if heard_at else "first look is on its way"
    when = _near(compared.ended_at or compared.at, facts, zone)
    if compared.agrees:
        return f"both sides agreed {when}"
    return f"compared {when}, {count_text(len(compared.differences), 'difference')}"


def _near(moment: datetime, facts: Facts, zone: ZoneInfo) -> str:
    """at 09:12 today, with the date on any other day."""
    if moment.astimezone(zone).date() == facts.today:
        return f"at {clock_text(moment, zone)}"
    return moment_text(moment, zone)

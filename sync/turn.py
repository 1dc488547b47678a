"""One short turn of one connection, under its lease: settle what is open, pull, decide, push, compare.

Seconds at most, so that a large backlog delays nobody else; what is left is done in the next turn.
After any gap nothing is pushed before everything is settled and read (design.md, Sync). Whatever
ends a turn, the facts in the database say where the next one goes on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from integrations.installation import look
from integrations.models import Connection
from integrations.transitions import note_available
from integrations.xero.client import open_client
from integrations.xero.errors import XeroError
from sync import leases
from sync.ahead import SMALL, push_ahead, small_change
from sync.allowance import Allowance
from sync.comparing import compare
from sync.deliveries.opening import settle_open
from sync.due import facts_of, gap_mark, outranks, wanted
from sync.ending import note_end, note_fault, note_silence
from sync.errors import SyncError
from sync.gate import Gate
from sync.holding import Pause, let_go, pause_of
from sync.leases import Held
from sync.models import Run, Schedule
from sync.organisation import read_organisation
from sync.pending import to_send
from sync.phases import heed, note_pulled, restart
from sync.problems import release_unlocked
from sync.pull.listing import PAGE_SIZE
from sync.pull.pages import pull
from sync.pull.reconsidering import reconsider
from sync.push.pushing import push
from sync.reconciling_first import reconcile_first
from sync.runs import begin_run, end_run, enter, open_run
from sync.scope import scope_of
from sync.told import read_told
from sync.work import Work, begin


class Next(Enum):
    """What should follow a turn."""

    NOTHING = "nothing"
    ANOTHER = "another turn, at once"
    LATER = "another turn, once the pause is over that this one ended with"


def take_turn(connection_id: int) -> Next:
    """A no-op while another worker has the lease, or while nothing is due."""
    schedule, _ = Schedule.objects.get_or_create(pk=connection_id)
    connection = Connection.objects.select_related("company").get(pk=connection_id)
    pause = pause_of(connection_id)
    if pause is Pause.EVERYBODY or not _may_run(connection):
        _note_begun(connection_id)
        return Next.NOTHING
    ahead = small_change(connection, schedule)
    if pause is Pause.BACKGROUND and not ahead:
        return Next.NOTHING
    held = leases.take(connection_id)
    _note_begun(connection_id)
    if held is None:
        return Next.NOTHING
    try:
        connection.refresh_from_db()  # it may have been bound to other books just before the lease was ours
        if not _may_run(connection):
            return Next.NOTHING
        if pause is Pause.BACKGROUND:
            return _ahead_only(connection, held, ahead)
        release_unlocked(connection)
        run = _run(connection, schedule)
        return Next.NOTHING if run is None else _guarded(connection, run, held, ahead)
    finally:
        leases.release(held)


def _note_begun(connection_id: int) -> None:
    """What was asked for waits no more: from now on beat may ask again, once nobody is at work on it."""
    Schedule.objects.filter(pk=connection_id).update(rung_at=None)


def _may_run(connection: Connection) -> bool:
    return connection.state == Connection.State.CONNECTED and not connection.is_stopped and look() is None


def _run(connection: Connection, schedule: Schedule) -> Run | None:
    """The run that is under way, made more thorough if need be, or a new one if anything is due."""
    due, run = wanted(facts_of(connection, schedule)), open_run(connection)
    if run is not None:
        if due is not None and outranks(due, run.trigger):
            restart(run, due, schedule, gap_mark(connection))
        return run
    if due is None:
        return None
    by = schedule.wanted_by if schedule.is_wanted else None
    run = begin_run(connection, due, by=by, gap_mark=gap_mark(connection))
    heed(connection.pk, due)
    return run


def _guarded(connection: Connection, run: Run, held: Held, ahead: list[int]) -> Next:
    """A whole turn. Afterwards the connection is either due again or held."""
    follows = Next.LATER
    with _understood(connection, run), _working(connection, run, held) as work:
        is_done = _phases(work, ahead)
        if work.silence and not work.gate.is_heard:
            note_silence(connection)
        else:
            let_go(connection.pk)
            note_available(connection)
        follows = Next.NOTHING if is_done and not _is_due(connection) else Next.ANOTHER
    if follows is Next.LATER and pause_of(connection.pk) is Pause.NOBODY:
        return Next.NOTHING  # access was lost, or an operator stopped the connection
    return follows


def _ahead_only(connection: Connection, held: Held, ahead: list[int]) -> Next:
    """While background work is held back. Its pause, and its run if there is one, stay as they are."""
    run = open_run(connection)
    own = run or begin_run(connection, Run.Trigger.IMMEDIATE, gap_mark=gap_mark(connection))
    with _understood(connection, own), _working(connection, own, held) as work:
        push_ahead(work, ahead)
        if run is None:
            end_run(own, "done")
        note_available(connection)
    return Next.NOTHING


@contextmanager
def _understood(connection: Connection, run: Run) -> Iterator[None]:
    """Every way in which a turn can end is noted; what we do not understand is raised all the same."""
    try:
        yield
    except (XeroError, SyncError) as problem:
        note_end(connection, run, problem)
    except BaseException as fault:
        note_fault(connection, fault)
        raise


@contextmanager
def _working(connection: Connection, run: Run, held: Held) -> Iterator[Work]:
    scope, gate = scope_of(connection), _gate(connection, run)
    with open_client(connection, gate=gate) as books:
        yield begin(held, books, gate, scope, run)


def _phases(work: Work, ahead: list[int]) -> bool:
    """True when the run is done, False when it goes on in another turn."""
    run = work.run
    settle_open(work)
    reconsider(work)
    if run.compares and run.phase == Run.Phase.SETTLE:
        read_organisation(work)
    is_read = _read(work)
    push_ahead(work, ahead)  # after the reading where that is short, between its turns where it is long
    if not is_read or not reconcile_first(work):
        return False
    if run.phase != Run.Phase.COMPARE:
        enter(run, Run.Phase.PUSH)
        if not push(work):
            return False
    if run.compares:
        enter(run, Run.Phase.COMPARE)
        if not compare(work):
            return False
    end_run(run, "done")
    return True


def _read(work: Work) -> bool:
    """True when everything is read, or a change here alone is to be sent."""
    run = work.run
    if not run.reads or run.phase not in (Run.Phase.SETTLE, Run.Phase.PULL):
        return True
    enter(run, Run.Phase.PULL)
    if read_told(work):
        enter(run, Run.Phase.PUSH)
    elif pull(work):
        note_pulled(work)
    else:
        return False
    reconsider(work)
    return True


def _gate(connection: Connection, run: Run) -> Gate:
    """Somebody waits for a small change of theirs and for what they asked for; the rest is background.

    What they asked for is too, once it turns out to be large: the reserve is there for more than one person.
    """
    is_awaited = run.trigger in (Run.Trigger.MANUAL, Run.Trigger.IMMEDIATE) and run.pull_total <= PAGE_SIZE
    for_person = is_awaited and to_send(connection)[: SMALL + 1].count() <= SMALL
    if connection.xero_tenant_id is None:
        raise LookupError(f"{connection} is connected without an organisation")
    return Gate(Allowance(connection.xero_tenant_id, for_person=for_person))


def _is_due(connection: Connection) -> bool:
    schedule = Schedule.objects.get(pk=connection.pk)
    return wanted(facts_of(connection, schedule)) is not None

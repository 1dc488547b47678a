"""Plays one drawn sequence, lets everything come to rest, and asks the oracle."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from integrations.models import Connection
from integrations.xero import steps
from released.billing.models import Document, Kind
from sync.asking import ask_sync
from sync.models import Delivery, Run, Schedule
from sync.turn import Next
from tests.integration.sync.conftest import fresh_minute
from tests.integration.sync.stateful import hands, scenes, there
from tests.integration.sync.stateful.drawing import Step
from tests.integration.sync.stateful.oracle import judge
from tests.integration.sync.stateful.striking import Sleeper, kill, outlast, suspend, wake
from tests.integration.sync.stateful.tally import Tally
from tests.integration.sync.stateful.turning import beat
from tests.integration.sync.stateful.weather import FAULTS, TOKEN_FAULTS
from tests.integration.sync.stateful.world import ORGANISATION, Row, World, fresh_world
from tests.sandbox import Sandbox

ROUNDS, TURNS = 8, 40
HEALED_AFTER = 600.0
MARGIN = 1  # minutes by which Xero knows a key longer than we rely on it
WINDOW = 60.0  # asleep between reading a document again and sending: docs/protocols.md 2, What is left


@dataclass
class Player:
    """The world and, while one stands still, the suspended worker; `log` says what each step came to."""

    world: World
    sleeper: Sleeper | None = None
    log: list[str] = field(default_factory=list)

    def play(self, step: Step) -> None:
        done = ACTIONS[step.act](self, step)
        self.log.append(f"{step}{'' if done else '   # nothing'}")
        if done:
            self.world.tally.acts[step.act] += 1

    def turn(self) -> Next:
        with steps.listening(self.world.tally.reached):
            follows = beat(self.world)
        self.note()
        return follows

    def note(self) -> None:
        """After every turn: what both sides agree to by now nobody owes anything for any more."""
        world = self.world
        rows = {row["id"]: row for row in world.rows()}
        world.wrong += world.touches.note_agreements(world.connection.pk, rows, world.chosen)

    def wake(self) -> bool:
        if self.sleeper is None:
            return False
        sleeper, self.sleeper = self.sleeper, None
        if sleeper.seconds < WINDOW:
            clashing = self.world.touches.clashing(self.world.connection.pk)
            self.world.tally.ends["overwritten in the open window, perhaps"] += len(clashing)
            self.world.chosen |= clashing
        wake(self.world, sleeper)
        self.note()
        return True

    def settle(self) -> None:
        """No more faults, access given back, nobody standing still: turns until nothing moves."""
        self.wake()
        world = self.world
        world.count_faults()
        world.sandbox.do("faults", clear=True)
        world.sandbox.do("limits", fresh=True)
        world.skew_hours = 0
        for _ in range(ROUNDS):
            world.pass_time(HEALED_AFTER)
            world.reconnect()
            Schedule.objects.filter(pk=world.connection.pk).update(compared_at=None)
            ask_sync(world.connection, by=None)
            for _ in range(TURNS):
                if self.turn() is not Next.ANOTHER:
                    break
            if self._is_quiet():
                return
        raise AssertionError(f"not quiet after {ROUNDS} rounds: {world.connection.state}")

    def _is_quiet(self) -> bool:
        world = self.world
        world.connection.refresh_from_db()
        is_open = Delivery.objects.filter(connection=world.connection, state=Delivery.State.OPEN).exists()
        runs = Run.objects.filter(connection=world.connection, ended_at=None).exists()
        return world.connection.state == Connection.State.CONNECTED and not is_open and not runs


def play(sandbox: Sandbox, tally: Tally, seed: int, drawn: Sequence[Step]) -> list[str]:
    """What went wrong, empty when nothing did; the tally has the rest."""
    player = Player(fresh_world(sandbox, tally, seed))
    tally.sequences += 1
    try:
        wrong = _played(player, drawn)
    except Exception:  # noqa: BLE001 - a sequence that breaks off is a finding like any other
        wrong = [traceback.format_exc()]
    finally:
        if player.sleeper is not None:
            player.sleeper.worker.end()
    if wrong:
        tally.wrong.append("\n".join([f"seed {seed}:", *player.log, *wrong]))
    return wrong


def _played(player: Player, drawn: Sequence[Step]) -> list[str]:
    world = player.world
    for kind in Kind:
        hands.raise_one(world, kind, approved=True, days_ago=3)
    player.turn()
    for step in drawn:
        player.play(step)
    player.settle()
    world.tally.note_deliveries(world.connection.pk)
    return [*world.wrong, *judge(world), *world.not_owed]


def _here(player: Player, step: Step) -> bool:
    document = hands.ours(player.world, step.place)
    return document is not None and hands.edit_here(player.world, document, step.word)


def _on_ours(act: Callable[[World, Document], bool]) -> "Action":
    def done(player: Player, step: Step) -> bool:
        document = hands.ours(player.world, step.place)
        return document is not None and act(player.world, document)

    return done


def _on_row(act: Callable[[World, Row, Step], bool]) -> "Action":
    def done(player: Player, step: Step) -> bool:
        row = there.row_at(player.world, step.place)
        return row is not None and act(player.world, row, step)

    return done


def _raise(player: Player, step: Step) -> bool:
    hands.raise_one(player.world, Kind(step.word), approved=step.act == "raise", days_ago=step.number)
    return True


def _clash(player: Player, step: Step) -> bool:
    """Both sides change the same field of one document before either hears of it."""
    world, document = player.world, hands.ours(player.world, step.place)
    link = getattr(document, "link", None)
    row = next((one for one in world.rows() if link and one["id"] == str(link.xero_id)), None)
    if document is None or row is None or not hands.edit_here(world, document, step.word):
        return False
    there.edit_there(world, row, step.word)
    return True


def _namesake(player: Player, step: Step) -> bool:
    return there.namesake_there(player.world, hands.new_contact(player.world).name)


def _disconnect(player: Player, step: Step) -> bool:
    if player.world.is_cut:
        return False
    player.world.sandbox.do("disconnect-app", organisation=ORGANISATION)
    player.world.is_cut = True
    return True


def _fault(player: Player, step: Step) -> bool:
    """The next call that fits meets it, and there is something to call for."""
    world, script = player.world, FAULTS[step.word]
    scenes.may_work(world)
    world.fault(step.word, **script)
    if script["method"] == "GET":
        ask_sync(world.connection, by=None)
    else:
        scenes.before_call(world, script["method"], script["path"])
    player.turn()
    return True


def _token_fault(player: Player, step: Step) -> bool:
    scenes.may_work(player.world)
    player.world.fault(step.word, **TOKEN_FAULTS[step.word])
    scenes.expire_token(player.world)
    ask_sync(player.world.connection, by=None)
    player.turn()
    return True


def _expire(player: Player, step: Step) -> bool:
    scenes.expire_token(player.world)
    return True


def _poison(player: Player, step: Step) -> bool:
    scenes.may_work(player.world)
    scenes.poison(player.world)
    player.turn()
    return True


def _our_clock(player: Player, step: Step) -> bool:
    player.world.skew_hours = step.number
    player.world.set_calendar()
    return True


def _their_clock(player: Player, step: Step) -> bool:
    """Xero's clock goes wrong. The sandbox forgets keys by it, as Xero would not: not while one counts."""
    if step.number > MARGIN and Delivery.objects.filter(state=Delivery.State.OPEN).exists():
        return False
    player.world.sandbox.do("clock", shift_seconds=60 * step.number)
    return True


def _time(player: Player, step: Step) -> bool:
    player.wake()  # its own clocks know only of the time that it was to sleep
    player.world.pass_time(step.number)
    return True


def _kill(player: Player, step: Step) -> bool:
    player.wake()
    scenes.before_point(player.world, step.word)
    done = kill(player.world, step.word, step.number)
    player.note()
    return done


def _suspend(player: Player, step: Step) -> bool:
    player.wake()
    scenes.before_point(player.world, step.word)
    player.sleeper = suspend(player.world, step.word, step.number)
    if player.sleeper is not None:
        outlast(player.world, player.sleeper)
    player.note()
    return player.sleeper is not None


def _turn(player: Player, step: Step) -> bool:
    player.turn()
    return True


def _sync_now(player: Player, step: Step) -> bool:
    ask_sync(player.world.connection, by=None)
    return _turn(player, step)


def _flush(player: Player, step: Step) -> bool:
    fresh_minute()
    return True


Action = Callable[[Player, Step], bool]
ACTIONS: dict[str, Action] = {
    "raise": _raise,
    "draft": _raise,
    "approve": _on_ours(hands.approve),
    "edit here": _here,
    "void here": _on_ours(hands.void_here),
    "edit there": _on_row(lambda world, row, step: there.edit_there(world, row, step.word)),
    "edit there unstamped": _on_row(
        lambda world, row, step: there.edit_there(world, row, step.word, touch=False)
    ),
    "clash": _clash,
    "pay there": _on_row(lambda world, row, step: there.pay_there(world, row)),
    "void there": _on_row(lambda world, row, step: there.void_there(world, row)),
    "type there": lambda player, step: there.type_there(player.world),
    "namesake there": _namesake,
    "change contact": lambda player, step: hands.change_contact(player.world, step.place),
    "move date": lambda player, step: hands.move_date(player.world, step.number),
    "exclude": _on_ours(hands.exclude),
    "include": lambda player, step: hands.include(player.world, step.place),
    "resolve": lambda player, step: hands.resolve(player.world, step.place, step.word),
    "answer": lambda player, step: hands.answer(player.world, step.place, step.word),
    "retry": lambda player, step: hands.retry_one(player.world, step.place),
    "disconnect": _disconnect,
    "reconnect": lambda player, step: player.world.reconnect(),
    "webhook": lambda player, step: there.webhook(player.world, step.word),
    "fault": _fault,
    "token fault": _token_fault,
    "token expires": _expire,
    "poison": _poison,
    "our clock": _our_clock,
    "their clock": _their_clock,
    "time passes": _time,
    "kill": _kill,
    "suspend": _suspend,
    "turn": _turn,
    "sync now": _sync_now,
    "flush": _flush,
}

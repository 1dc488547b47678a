"""A run as people follow it: three bars with counts and an honest estimate. Pure."""

from dataclasses import dataclass
from datetime import datetime

from released.web.words import count_text, number_text
from sync.models import Run
from sync.pages.pace import Pace, calls_to_read, calls_to_send, estimate

ORDER = (Run.Phase.SETTLE, Run.Phase.PULL, Run.Phase.PUSH, Run.Phase.COMPARE, Run.Phase.DONE)
UNKNOWN = Pace()


@dataclass(frozen=True)
class Stage:
    """One bar. `value` of `maximum`; `tone` colours it: calm (to come), done, or none while it moves."""

    name: str
    label: str
    counts: str
    value: int
    maximum: int
    tone: str
    rest: str

    @property
    def percent(self) -> int:
        return round(100 * self.value / self.maximum) if self.maximum else 0


def stages(run: Run, now: datetime, pace: Pace = UNKNOWN) -> list[Stage]:
    """Read, send, compare."""
    return [_read(run, now, pace), _send(run, now, pace), _compare(run)]


def in_short(run: Run) -> str:
    """1,284 of 2,310 read"""
    if run.phase == Run.Phase.PULL and run.pull_total:
        return f"{number_text(run.pulled)} of {number_text(run.pull_total)} read"
    if run.phase == Run.Phase.PUSH and run.push_total:
        return f"{number_text(run.pushed)} of {number_text(run.push_total)} sent"
    return f"{run.get_phase_display().lower()}"


def _read(run: Run, now: datetime, pace: Pace) -> Stage:
    label = "1. Read from Xero"
    if _is_past(run, Run.Phase.PULL):
        return _done("read", label, run.pulled, f"{count_text(run.applied, 'change')} taken over.")
    if run.phase == Run.Phase.SETTLE:
        return Stage("read", label, "counting", 0, 1, "calm", "First we settle what was under way.")
    if not run.pull_total:
        return Stage(
            "read", label, f"{number_text(run.pulled)} so far", 0, 1, "calm", "Asking Xero how much there is."
        )
    calls = calls_to_read(run.pull_total - run.pulled)
    left = estimate(run.pulled, run.pull_total, now - run.started_at, calls=calls, today=pace.today)
    return _moving("read", label, run.pulled, run.pull_total, left)


def _send(run: Run, now: datetime, pace: Pace) -> Stage:
    label = "2. Send to Xero"
    if _is_past(run, Run.Phase.PUSH):
        says = f"{count_text(run.refused, 'document')} refused." if run.refused else ""
        return _done("send", label, run.pushed, says)
    if run.phase != Run.Phase.PUSH:
        rest = "Starts when reading is done, so that nothing changed in Xero is overwritten."
        counts = f"0 of {count_text(run.push_total, 'document')}" if run.push_total else "not started"
        return Stage("send", label, counts, 0, 1, "calm", rest)
    calls = calls_to_send(run.push_total - run.pushed)
    elapsed = pace.sending_for or now - run.started_at
    left = estimate(run.pushed, run.push_total, elapsed, calls=calls, today=pace.today)
    return _moving("send", label, run.pushed, run.push_total, left)


def _compare(run: Run) -> Stage:
    label = "3. Compare both sides"
    if run.phase == Run.Phase.DONE and run.ended_at:
        return Stage("compare", label, "done", 1, 1, "done", "")
    if run.phase == Run.Phase.COMPARE:
        return Stage("compare", label, "comparing", 0, 1, "", "Document by document, in Xero’s own figures.")
    return Stage("compare", label, "not started", 0, 1, "calm", "")


def _is_past(run: Run, phase: Run.Phase) -> bool:
    return ORDER.index(Run.Phase(run.phase)) > ORDER.index(phase)


def _done(name: str, label: str, count: int, says: str) -> Stage:
    return Stage(name, label, count_text(count, "document"), 1, 1, "done", says)


def _moving(name: str, label: str, value: int, total: int, rest: str) -> Stage:
    maximum = max(total, 1)
    counts = f"{number_text(value)} of {count_text(total, 'document')}"
    return Stage(name, label, counts, min(value, maximum), maximum, "", rest or "You can go on working.")

"""Xero's four limits (docs/xero.md D): fixed windows that start with the first call in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

MINUTE = 60
DAY = 86_400


@dataclass
class Window:
    start: float
    used: int = 0


@dataclass(frozen=True)
class Verdict:
    """What is left after this call; `problem` names the limit that refused it."""

    minute_left: int
    day_left: int
    app_left: int
    problem: str | None = None
    retry_after: int | None = None

    def headers(self) -> dict[str, str]:
        found = {
            "X-AppMinLimit-Remaining": str(self.app_left),
            "X-DayLimit-Remaining": str(self.day_left),
            "X-MinLimit-Remaining": str(self.minute_left),
        }
        if self.problem:
            found["X-Rate-Limit-Problem"] = self.problem
        if self.retry_after is not None:
            found["Retry-After"] = str(self.retry_after)
        return found


@dataclass
class Limits:
    enabled: bool = True
    rows: int = 100_000  # of one list, for the switch large_lists and for lists without pages
    page_rows: int = 1_000  # of one page, whatever was asked for (C4)
    minute: int = 60
    day: int = 5_000
    concurrent: int = 5
    app_minute: int = 10_000
    connections: int = 50
    uncertified: bool = True
    latency_ms: int = 0
    windows: dict[tuple[str, str], Window] = field(default_factory=dict)

    def take(self, organisation_id: str, in_flight: int, now: float, *, charge_refused: bool) -> Verdict:
        """Count one call of an organisation, or say which limit refuses it."""
        rows = (
            ("day", self._window(organisation_id, "day", DAY, now), self.day, DAY),
            ("minute", self._window(organisation_id, "minute", MINUTE, now), self.minute, MINUTE),
            ("appminute", self._window("", "appminute", MINUTE, now), self.app_minute, MINUTE),
        )
        problem, retry_after = None, None
        for name, window, allowed, length in rows:
            if self.enabled and problem is None and window.used >= allowed:
                problem = name
                retry_after = None if name == "appminute" else max(1, ceil(window.start + length - now))
        if problem is None and self.enabled and in_flight > self.concurrent:
            problem = "concurrent"
        if problem is None or charge_refused:
            for _, window, _, _ in rows:
                window.used += 1
        left = {name: max(0, allowed - window.used) for name, window, allowed, _ in rows}
        return Verdict(left["minute"], left["day"], left["appminute"], problem, retry_after)

    def _window(self, organisation_id: str, name: str, length: int, now: float) -> Window:
        window = self.windows.get((organisation_id, name))
        if window is None or not window.start <= now < window.start + length:
            window = self.windows[(organisation_id, name)] = Window(now)
        return window

    def exhaust(self, organisation_id: str, name: str, now: float) -> None:
        """Leave nothing of a window, as another app of the same customer would."""
        length = DAY if name == "day" else MINUTE
        allowed = {"day": self.day, "minute": self.minute, "appminute": self.app_minute}[name]
        self._window("" if name == "appminute" else organisation_id, name, length, now).used = allowed

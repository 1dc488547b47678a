"""What a person sees of the processes: our own words plain, theirs behind their name or in a log."""

import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from honcho.printer import Printer

OURS = "demo"
LAST_LINES = 40


class Lines(Printer):  # type: ignore[misc]  # honcho has no types
    """Prints every process with its name; with a log, prints our own words and keeps the rest there."""

    def __init__(self, *, log: Path | None) -> None:
        self.log = log
        self.quiet: IO[str] | None = log.open("w") if log else None
        super().__init__(output=self.quiet or sys.stdout)

    def write(self, message: Any) -> None:
        if message.name != OURS:
            super().write(message)
        elif message.type == "line":
            data = message.data
            text = data.decode(errors="replace") if isinstance(data, bytes) else data
            print(text.rstrip("\n"), flush=True)

    def show_last(self) -> None:
        """The end of the log, so that a failure far away can be understood from its output alone."""
        if self.log is not None:
            last = self.log.read_text(errors="replace").splitlines()[-LAST_LINES:]
            print(f"\nThe last lines of {self.log}:", *last, sep="\n    ", flush=True)

    def __enter__(self) -> "Lines":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.quiet is not None:
            self.quiet.close()

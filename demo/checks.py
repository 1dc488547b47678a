"""Every check and test, one after the other, with name and time: `bin/test`.

All steps run even if one fails, so that one run tells everything. With arguments only pytest runs, with them.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from demo.places import ROOT
from demo.signals import exit_on_sigterm
from tests.environment import test_environment

STOP_SECONDS = 20
Step = tuple[str, list[str]]


def tool(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def pytest(*arguments: str) -> list[str]:
    return tool("pytest", "-q", *arguments)


STEPS: list[Step] = [
    ("ruff check", tool("ruff", "check", "--quiet", ".")),
    ("ruff format", tool("ruff", "format", "--check", "--quiet", ".")),
    ("mypy", tool("mypy", "--no-error-summary")),
    (
        "import-linter",
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-logo"],
    ),
    ("djlint format", tool("djlint", "--check", "--quiet", "templates")),
    ("djlint lint", tool("djlint", "--lint", "--quiet", "templates")),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("tests", pytest("-n", "auto", "tests/unit", "tests/house", "tests/integration")),
]


def main() -> None:
    exit_on_sigterm()
    os.chdir(ROOT)
    arguments = sys.argv[1:]
    try:
        steps = [("tests", pytest(*arguments))] if arguments else STEPS
        sys.exit(run_all(steps))
    except KeyboardInterrupt:
        sys.exit(130)


def run_all(steps: Sequence[Step]) -> int:
    started = time.monotonic()
    failed = [name for name, command in steps if not passes(name, command)]
    took = time.monotonic() - started
    if failed:
        print(f"\nFAILED in {took:.0f} s: {', '.join(failed)}", flush=True)
        return 1
    print(f"\nAll well in {took:.0f} s.", flush=True)
    return 0


def passes(name: str, command: list[str]) -> bool:
    print(f"--- {name}", flush=True)
    started = time.monotonic()
    status = wait_for(command)
    print(f"    {name}: {'ok' if status == 0 else 'FAILED'} ({time.monotonic() - started:.1f} s)", flush=True)
    return status == 0


def wait_for(command: list[str]) -> int:
    """Run to the end; when we are told to stop, the step is told too and given time to clean up."""
    process = subprocess.Popen(command, env=test_environment(os.environ))
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


if __name__ == "__main__":
    main()

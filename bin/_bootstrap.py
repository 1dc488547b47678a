"""Make the virtual environment if it is missing or out of date, then become the command that was asked for.

Runs before anything is installed, so on the standard library alone. The stamp is written last: what stopped
half-way is done again from the start, and a second run is one comparison.

    RELEASED_VENV   where the virtual environment goes, if not `.venv` in the checkout
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dev.lock"
VENV = Path(os.environ.get("RELEASED_VENV") or ROOT / ".venv").absolute()
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "released.stamp"
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


class CannotSetUp(Exception):
    """Says what is missing and what to do about it."""


def say(text: str) -> None:
    print(f"set-up: {text}", flush=True)


def main() -> None:
    module, arguments = sys.argv[1], sys.argv[2:]
    try:
        if not ready():
            prepare()
    except CannotSetUp as error:
        sys.exit(report(str(error)))
    except OSError as error:
        sys.exit(report(f"{error}. Set RELEASED_VENV to a folder that can be written."))
    except KeyboardInterrupt:
        sys.exit(130)
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])


def report(problem: str) -> int:
    print(f"set-up: {problem}", file=sys.stderr, flush=True)
    return 2


def ready() -> bool:
    return PYTHON.exists() and STAMP.is_file() and STAMP.read_text() == fingerprint()


def fingerprint() -> str:
    if not LOCK.is_file():
        raise CannotSetUp(f"{LOCK.name} is missing from the checkout: `git checkout -- {LOCK.name}`.")
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{digest} python {sys.version_info.major}.{sys.version_info.minor} {ROOT}\n"


def prepare() -> None:
    wanted = fingerprint()
    VENV.parent.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(VENV.parent):
        if ready():  # another command did it while this one waited
            return
        STAMP.unlink(missing_ok=True)
        if not healthy():
            create()
        install()
        put_checkout_on_path()
        STAMP.write_text(wanted)
    say(f"done, in {VENV}")


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Two commands started at once share one virtual environment: the second waits for the first."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def healthy() -> bool:
    """Whether a virtual environment of this Python is there and has what installs the rest."""
    if not PYTHON.exists():
        return False
    question = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return run([PYTHON, "-c", question], quiet=True)


def create() -> None:
    say(f"making a virtual environment with Python {sys.version.split()[0]} in {VENV}")
    if find_spec("ensurepip") is None and not borrow_pip():
        install_debian_venv()
    if not (VENV / "bin" / "pip").exists() and not run([sys.executable, "-m", "venv", "--clear", VENV]):
        raise CannotSetUp(f"`{sys.executable} -m venv {VENV}` failed; its message is above.")


def borrow_pip() -> bool:
    """A Debian with pip but without python3-venv: the system's pip can fill a virtual environment."""
    if find_spec("pip") is None or find_spec("venv") is None:
        return False
    bare = run([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV])
    return bare and run([sys.executable, "-m", "pip", "--quiet", "--python", PYTHON, "install", "pip"])


def install_debian_venv() -> None:
    """Debian splits venv from Python. Root installs it; anybody else is told the one line to ask for."""
    line = "apt-get update && apt-get install -y --no-install-recommends python3-venv"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise CannotSetUp(f"this Python cannot make virtual environments. As root, run:\n    {line}")
    say(f"this Python cannot make virtual environments: {line}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in line.split(" && "):
        if not run([*command.split()], env=environment, quiet=True):
            raise CannotSetUp(f"`{command}` failed. Is there a network? Try it by hand to see its message.")


def install() -> None:
    """uv takes seconds where pip takes a minute; where uv can't reach the packages, pip's own set-up may."""
    say(f"installing what {LOCK.name} names")
    environment = dict(os.environ)
    if SYSTEM_CERTIFICATES.exists():
        environment.setdefault("UV_SYSTEM_CERTS", "true")
    uv: list[str | Path] = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON]
    if install_uv() and run([*uv, "--require-hashes", "-r", LOCK], env=environment):
        return
    say("uv could not; trying pip")
    if not pip("-r", LOCK):
        raise CannotSetUp(
            "the packages could not be installed. The message above names the one that failed: a broken "
            f"{LOCK.name} comes back with `git checkout -- {LOCK.name}`; without a network there is no way "
            "round. Nothing is half-done: run the same command again."
        )


def install_uv() -> bool:
    """uv itself comes from the same lock, with its hashes."""
    lines = LOCK.read_text().splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith("uv==")), None)
    if start is None:
        raise CannotSetUp(f"{LOCK.name} does not name uv: `git checkout -- {LOCK.name}`.")
    pinned = [lines[start], *(line for line in lines[start + 1 : start + 40] if "--hash" in line)]
    end = next((number for number, line in enumerate(pinned) if not line.endswith("\\")), len(pinned))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as one:
        one.write("\n".join(pinned[: end + 1]) + "\n")
        one.flush()
        return pip("-r", one.name)


def pip(*arguments: str | Path) -> bool:
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    return run([PYTHON, "-m", "pip", "install", *options, *arguments])


def put_checkout_on_path() -> None:
    """So that `.venv/bin/pytest` and `celery` find the product from any folder."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=True)
    (Path(answer.stdout.strip()) / "released-checkout.pth").write_text(f"{ROOT}\n")


def run(command: list[str | Path], *, env: dict[str, str] | None = None, quiet: bool = False) -> bool:
    """Run to the end; False when it failed or is not there. Quiet ones print only when they fail."""
    try:
        done = subprocess.run(command, env=env, check=False, capture_output=quiet, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        return False
    if quiet and done.returncode:
        sys.stderr.write((done.stdout + done.stderr).decode(errors="replace"))
    return done.returncode == 0


if __name__ == "__main__":
    main()

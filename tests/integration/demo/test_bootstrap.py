"""What the set-up says when it cannot do its work, and that it then leaves nothing behind that looks done."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.sources import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the commands and the lock, without a virtual environment."""
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    shutil.copy(ROOT / "requirements-dev.lock", tmp_path)
    return tmp_path


def bin_test(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Packages are looked for where nobody answers, at once and once."""
    nowhere = "http://127.0.0.1:9"
    offline = {"PIP_INDEX_URL": nowhere, "PIP_RETRIES": "0", "UV_INDEX_URL": nowhere, "UV_HTTP_RETRIES": "0"}
    offline |= {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PATH": os.environ["PATH"]}
    return subprocess.run(
        [checkout / "bin" / "test"], env=offline | environment, capture_output=True, text=True, check=False
    )


def test_without_a_network_it_says_so_and_is_not_done(checkout: Path) -> None:
    done = bin_test(checkout)
    assert done.returncode == 2
    assert "without a network" in done.stderr
    assert not (checkout / ".venv" / "released.stamp").exists()


def test_a_missing_lock_is_named(checkout: Path) -> None:
    (checkout / "requirements-dev.lock").unlink()
    done = bin_test(checkout)
    assert done.returncode == 2
    assert "git checkout -- requirements-dev.lock" in done.stderr


def test_a_lock_without_its_installer_is_called_broken(checkout: Path) -> None:
    (checkout / "requirements-dev.lock").write_text("six==1.17.0\n")
    done = bin_test(checkout)
    assert done.returncode == 2
    assert "does not name uv" in done.stderr


def test_without_python_it_says_which_one_is_needed(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname"):
        (tools / name).symlink_to(shutil.which(name) or name)
    done = bin_test(checkout, PATH=str(tools))
    assert done.returncode == 2
    assert "Python 3.11 or newer" in done.stderr

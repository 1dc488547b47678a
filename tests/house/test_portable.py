"""The repository runs anywhere: it names no machine of ours and no host that packages come from."""

import os
from pathlib import Path

import pytest

from tests.house.sources import ROOT, name_of, ours

# In halves, so that this file does not name them either.
HALVES = [
    ("/wo", "rk/"),
    ("/root", "/."),
    ("pypi", ".org"),
    ("python", "hosted.org"),
    ("registry.npm", "js"),
    ("deb.deb", "ian.org"),
    ("ghcr", ".io"),
    ("index", "-url http"),
    ("xero-", "facts"),
    ("shared/", "lab"),
    ("issues ", "show"),
]
FORBIDDEN = ["".join(halves) for halves in HALVES]


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = ((name_of(path), word) for path in ours() for word in words_in(path))
    assert list(found) == []


def words_in(path: Path) -> list[str]:
    text = path.read_text(errors="replace")
    return [word for word in FORBIDDEN if word in text]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_every_package_with_hashes_and_without_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = [block for block in text.split("\n") if "==" in block and not block.startswith((" ", "#"))]
    assert pins
    assert all(line.endswith("\\") for line in pins), "a pin without hashes"
    assert "://" not in text


def test_every_runtime_pin_is_the_one_that_is_tested() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def pins(lock: str) -> set[str]:
    lines = (ROOT / lock).read_text().splitlines()
    return {line.split(" ")[0] for line in lines if "==" in line and line[0].isalnum()}


@pytest.mark.parametrize("name", ["bin/demo", "bin/test", ".ci/run", "manage.py"])
def test_a_command_can_be_run(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
    assert (ROOT / name).read_text().startswith("#!")

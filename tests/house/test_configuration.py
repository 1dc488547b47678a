"""What can be set, what is documented and what the example shows are one list."""

import re

from tests.house.sources import ROOT

SETTINGS = (ROOT / "released" / "settings.py").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
DOCUMENT = (ROOT / "docs" / "configuration.md").read_text()

# Read by provider packages, not by us: any name with this prefix is handed on.
PREFIXES = ("ANYMAIL_",)


def exemplified() -> set[str]:
    return set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", EXAMPLE, re.M))


def documented() -> set[str]:
    named = re.findall(r"^\| `([A-Z][A-Z_]+)`", DOCUMENT, re.M)
    return {name for name in named if not name.startswith(PREFIXES)}


def read_by_settings() -> set[str]:
    return set(re.findall(r"env\.\w+\(\s*\"([A-Z][A-Z_]+)\"", SETTINGS))


def test_every_setting_is_documented() -> None:
    assert read_by_settings() - documented() == set()


def test_every_documented_setting_exists() -> None:
    assert documented() - read_by_settings() == set()


def test_the_example_shows_exactly_what_is_documented() -> None:
    assert exemplified() == documented()

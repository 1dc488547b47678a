"""The README's commands and links lead somewhere."""

import re
from pathlib import Path

from tests.house.sources import ROOT, name_of, ours

README = (ROOT / "README.md").read_text()


def test_its_commands_exist() -> None:
    commands = set(re.findall(r"(?:^|[\s`])((?:bin|\.ci)/\w+)", README))
    assert {"bin/demo", "bin/test"} <= commands
    assert [name for name in commands if not (ROOT / name).is_file()] == []


def test_links_within_the_repository_lead_somewhere() -> None:
    found = ((path, target) for path in ours(".md") for target in targets(path))
    assert [(name_of(path), target) for path, target in found if not (path.parent / target).exists()] == []


def targets(path: Path) -> list[str]:
    return re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text())

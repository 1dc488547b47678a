"""Every knob is in docs/sandbox.md, and every switch is turned in a test."""

from pathlib import Path

import pytest

from tests.integration.xero_sandbox.driver import ROOT
from xero_sandbox.control.api import ACTIONS
from xero_sandbox.control.dump import LIMITS
from xero_sandbox.faults import ACTIONS as FAULTS
from xero_sandbox.switches import CHOICES

GUIDE = (ROOT / "docs" / "sandbox.md").read_text()
TESTS = "\n".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))


@pytest.mark.parametrize("knob", [*ACTIONS, *FAULTS, *CHOICES, *LIMITS])
def test_a_knob_is_documented(knob: str) -> None:
    assert f"`{knob}`" in GUIDE


@pytest.mark.parametrize("switch", CHOICES)
def test_a_switch_is_turned_somewhere(switch: str) -> None:
    assert switch in TESTS

"""May this organisation be bound to this company? Row by row."""

from uuid import UUID

import pytest

from integrations.binding import Bond, Refusal, judge_bond
from integrations.models import Consent

Outcome = Consent.Outcome
CHOSEN, OTHER = UUID(int=1), UUID(int=2)
MINE, SISTER, FOREIGN = Bond(1, "Mine", 10), Bond(2, "Sister", 10), Bond(3, "Foreign", 20)

TABLE = [
    ("nobody's, first connection", None, None, None),
    ("nobody's, and the expected one", CHOSEN, None, None),
    ("already mine", CHOSEN, MINE, None),
    ("nobody's, but another was expected", OTHER, None, Refusal(Outcome.MISMATCH)),
    ("a sister company's", None, SISTER, Refusal(Outcome.BOUND_HERE, "Sister")),
    ("a sister company's, another expected", OTHER, SISTER, Refusal(Outcome.BOUND_HERE, "Sister")),
    ("another account's", None, FOREIGN, Refusal(Outcome.BOUND_ELSEWHERE)),
    ("another account's, another expected", OTHER, FOREIGN, Refusal(Outcome.MISMATCH)),
]


@pytest.mark.parametrize(
    ("expected", "bond", "refusal"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_each_row(expected: UUID | None, bond: Bond | None, refusal: Refusal | None) -> None:
    assert judge_bond(CHOSEN, expected=expected, bond=bond, company_id=1, account_id=10) == refusal


def test_another_account_is_never_named() -> None:
    refusal = judge_bond(CHOSEN, expected=None, bond=FOREIGN, company_id=1, account_id=10)
    assert refusal is not None
    assert refusal.company_name == ""

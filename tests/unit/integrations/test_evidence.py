"""What is kept for support holds no personal data and no secret."""

import pytest

from integrations.evidence import LONGEST, mask
from integrations.snapshot import day_of, moment_of

TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("daniel@northgate.example was refused", "d…@n….example was refused"),
        (f"Bearer {TOKEN} expired", "Bearer (masked) expired"),
        ("refresh " + "a1B2" * 12, "refresh (masked)"),
        ("403 AuthenticationUnsuccessful", "403 AuthenticationUnsuccessful"),
        ("Instance 11111111-2222-3333-4444-555555555555", "Instance 11111111-2222-3333-4444-555555555555"),
    ],
)
def test_masking(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_long_text_is_cut() -> None:
    assert len(mask("word " * 500)) == LONGEST


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("/Date(1789344000000+0000)/", "2026-09-14"),
        ("/Date(1789344000000)/", "2026-09-14"),
        ("2026-09-14T00:00:00", "2026-09-14"),
        ("soon", None),
        (None, None),
        (5, None),
    ],
)
def test_xero_s_dates(value: object, day: str | None) -> None:
    found = day_of(value)
    assert (found.isoformat() if found else None) == day
    assert (moment_of(value) is None) == (day is None)

"""The table of causes, row by row: what was seen, and what people are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.judging import Judgement, Signs, judge
from integrations.models import Episode

Cause = Episode.Cause
NOW = datetime(2026, 9, 14, 9, 12, tzinfo=UTC)
OLD_TRIAL = {
    "organisation_class": "TRIAL",
    "organisation_created_at": NOW - timedelta(days=31),
    "class_seen_at": NOW - timedelta(days=2),
}
YOUNG_TRIAL = OLD_TRIAL | {"organisation_created_at": NOW - timedelta(days=5)}
EXTENDED_TRIAL = OLD_TRIAL | {
    "organisation_created_at": NOW - timedelta(days=60),
    "class_seen_at": NOW - timedelta(hours=1),
}
OLD_DEMO = OLD_TRIAL | {"organisation_class": "DEMO", "organisation_created_at": NOW - timedelta(days=29)}
PAID = {"organisation_class": "PREMIUM", "organisation_created_at": NOW - timedelta(days=900)}

TABLE = [
    # the permission is refused
    (
        "refused, not listed",
        {"refresh_refused": True, "listed_for_app": False},
        Cause.APP_DISCONNECTED,
        False,
    ),
    ("refused, still listed", {"refresh_refused": True, "listed_for_app": True}, Cause.GRANT_BROKEN, True),
    ("refused, list unknown", {"refresh_refused": True}, Cause.GRANT_BROKEN, False),
    ("refused, old trial", {"refresh_refused": True} | OLD_TRIAL, Cause.GRANT_BROKEN, False),
    # the permission lives, the organisation is not in the person's list
    ("gone from both lists", {"listed": False, "listed_for_app": False}, Cause.APP_DISCONNECTED, False),
    ("gone from the person's list", {"listed": False}, Cause.APP_DISCONNECTED, False),
    ("gone for the person only", {"listed": False, "listed_for_app": True}, Cause.ACCESS_CHANGED, True),
    ("gone, trial over", {"listed": False} | OLD_TRIAL, Cause.TRIAL_ENDED, False),
    ("gone, worked after the trial", {"listed": False} | EXTENDED_TRIAL, Cause.APP_DISCONNECTED, False),
    ("gone, young trial", {"listed": False} | YOUNG_TRIAL, Cause.APP_DISCONNECTED, False),
    # still listed, and refused
    ("listed, refused", {"listed": True} | PAID, Cause.ACCESS_CHANGED, False),
    ("listed, another gets in", {"listed": True, "others_see": True} | OLD_TRIAL, Cause.ACCESS_CHANGED, True),
    ("listed, others refused too", {"listed": True, "others_see": False} | PAID, Cause.TRIAL_ENDED, False),
    ("listed, trial over", {"listed": True} | OLD_TRIAL, Cause.TRIAL_ENDED, False),
    ("listed, trial extended", {"listed": True} | EXTENDED_TRIAL, Cause.TRIAL_ENDED, False),
    ("listed, demo company reset", {"listed": True} | OLD_DEMO, Cause.TRIAL_ENDED, False),
    ("listed, young trial", {"listed": True} | YOUNG_TRIAL, Cause.ACCESS_CHANGED, False),
]


@pytest.mark.parametrize(
    ("signs", "cause", "is_certain"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_each_row(signs: dict[str, object], cause: Episode.Cause, is_certain: bool) -> None:
    found = judge(replace(Signs(at=NOW), **signs))  # type: ignore[arg-type]
    assert found == Judgement(cause, is_certain)


known = st.sampled_from([True, False, None])
moments = st.none() | st.integers(-400, 400).map(lambda days: NOW + timedelta(days=days))


@given(
    signs=st.builds(
        Signs,
        at=st.just(NOW),
        refresh_refused=st.booleans(),
        listed=known,
        listed_for_app=known,
        others_see=known,
        organisation_class=st.sampled_from(["", "TRIAL", "DEMO", "PREMIUM"]),
        class_seen_at=moments,
        organisation_created_at=moments,
    )
)
def test_an_outage_is_never_a_cause_of_lost_access(signs: Signs) -> None:
    assert judge(signs).cause != Cause.OUTAGE

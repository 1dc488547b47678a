"""What a comparison keeps of a list while it reads on."""

from datetime import date
from uuid import uuid4

import pytest

from sync.comparison import begun
from sync.comparison.begun import Begun
from sync.comparison.windows import Window
from sync.models import Reconciliation


def test_of_what_is_listed_twice_the_newer_is_kept_also_where_there_is_no_room_for_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(begun, "MOST_WHOLE", 1)
    found, one = Begun(Reconciliation(), Window(date(2026, 9, 1), None)), uuid4()
    for record in ("as it was", "as it is"):
        found.keep_whole(one, record)
    found.keep_whole(uuid4(), "another")
    assert found.whole == {one: "as it is"}

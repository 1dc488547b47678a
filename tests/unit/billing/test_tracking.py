"""What is chosen in the selects of a line, and what of it a line keeps."""

import pytest

from released.billing.forms.tracking import Tracked, chosen, merged

BLOCK, REGION = Tracked("Block", []), Tracked("Region", [])
WEST, NORTH = {"category": "Block", "option": "West"}, {"category": "Region", "option": "North"}


def test_a_field_is_named_by_its_category_alone() -> None:
    assert BLOCK.name == Tracked("Block", [("West", "West")]).name
    assert BLOCK.name != REGION.name
    assert BLOCK.name.isidentifier()


def test_a_line_stands_in_the_selects_as_it_is() -> None:
    assert chosen((NORTH,), [BLOCK, REGION]) == {BLOCK.name: "", REGION.name: "North"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, (NORTH, WEST)),
        ({"Block": "West", "Region": "North"}, (NORTH, WEST)),
        ({"Block": "East"}, (NORTH, {"category": "Block", "option": "East"})),
        ({"Block": "", "Region": "North"}, (NORTH,)),
        ({"Fund": "A"}, (NORTH, WEST, {"category": "Fund", "option": "A"})),
        ({"Fund": ""}, (NORTH, WEST)),
    ],
)
def test_what_is_not_shown_or_not_touched_stays(
    given: dict[str, str], kept: tuple[dict[str, str], ...]
) -> None:
    assert merged((NORTH, WEST), given) == kept

"""How many connections an app may hold, and how many uncertified apps an organisation (docs/xero.md B)."""

from __future__ import annotations

from xero_sandbox.state import World

APP_FULL = (
    "{app} needs to complete certification before they can connect to more Xero organisations."
    " Please contact the app provider."
)
ORGANISATION_FULL = "{organisation} is already connected to the maximum number of uncertified apps."


def limit_problem(world: World, user_id: str, organisation_ids: list[str]) -> str | None:
    """The text of Xero's own page when this consent would go over a limit."""
    by_user = world.switches["connections_counted_by"] == "user_and_organisation"
    rows = [row for row in world.connections.values() if row.active]
    held = {(row.user_id if by_user else "", row.organisation_id) for row in rows}
    wanted = held | {(user_id if by_user else "", one) for one in organisation_ids}
    with_demo = world.switches["demo_counts_as_connection"]
    counted = [pair for pair in wanted if with_demo or not world.organisations[pair[1]].is_demo]
    if wanted != held and len(counted) > world.limits.connections:
        return APP_FULL.format(app=world.settings.app_name)
    for one in organisation_ids:
        organisation = world.organisations[one]
        ours = any(row.organisation_id == one for row in rows)
        if world.limits.uncertified and not ours and organisation.other_uncertified_apps >= 2:
            return ORGANISATION_FULL.format(organisation=organisation.name)
    return None

"""The tabs above Income and Expenses; one of them leads to a higher floor's page, by its name."""

from released.accounts.models import Membership
from released.accounts.permissions import MANAGE_ADDONS, RESOLVE
from released.billing.forms.filter import LABELS, TYPES
from released.billing.models import Kind


def tabs(membership: Membership, kind: Kind | None = None, *, shown: str = "") -> dict[str, object]:
    """What `billing/_tabs.html` needs: on a page about one kind of document its tab is the current one."""
    of_kind = next((value for value, (_, kinds) in TYPES.items() if kind in kinds), "")
    sees_results = membership.allows(RESOLVE) or membership.allows(MANAGE_ADDONS)
    return {"types": LABELS, "type": shown or of_kind, "sees_results": sees_results}

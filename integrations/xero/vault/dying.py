"""Who must hear of a grant's death, in the same transaction.

The flows above know what a death means for connections; the vault only knows that it happened.
They register here, so that the import goes downwards and the effect is still atomic.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from integrations.models import Grant

Evidence = list[dict[str, Any]]
OnDeath = Callable[[Grant, Evidence], None]
_registered: list[OnDeath] = []


def register_death(callback: OnDeath) -> OnDeath | None:
    """`callback(grant, evidence)` runs inside the death's transaction; gives back the one it replaces."""
    before = _registered[0] if _registered else None
    _registered[:] = [callback]
    return before


def tell(grant: Grant, evidence: Evidence) -> None:
    """Raises, and so undoes the death, when nobody would hear of it."""
    if not _registered:
        raise ImproperlyConfigured("Nobody is registered to hear of a grant’s death.")
    _registered[0](grant, evidence)

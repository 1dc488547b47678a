"""Two numbers by which anything here can be kept the same as books elsewhere.

`revision` is bumped by every change, in the change's own transaction. `shared_revision` is the
one that the books elsewhere have agreed to. What is pending is a query over where they differ,
so a pending change can be neither lost nor doubled, and ten edits before a push are one push.
Neither number knows which books those are.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan

BEHIND = Q(GreaterThan(F("revision") - F("shared_revision"), 0))
"""That something is pending, so written that PostgreSQL knows how rare it is.

Of "revision <> shared_revision" it believes that nearly every row fits, and then reads a whole company to
find three documents. Over the difference it keeps statistics (`document_behind`).
"""


class Revised(models.Model):
    """Abstract: something with a revision."""

    revision = models.PositiveIntegerField(default=1, editable=False)
    shared_revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def is_pending(self) -> bool:
        """Whether the books elsewhere have yet to agree to the latest change."""
        return self.revision != self.shared_revision

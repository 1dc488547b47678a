"""Names compared without regard to case, by one folding that is always Python's.

PostgreSQL folds as its locale says: without one only ASCII, with one not quite as Python does. Were a name
searched for in one folding and kept unique in another, "Émile Ltd" would be found free and refused.
"""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField

FINAL_SIGMA, SIGMA = "\u03c2", "\u03c3"
MOST_NAME = 255
LONGEST = 3 * MOST_NAME
"""A capital may become up to three characters."""


def fold_name(name: str) -> str:
    """What two names have in common that Xero takes for one; `ß` and `ss` stay apart, as there."""
    return name.lower().replace(FINAL_SIGMA, SIGMA)


class FoldedName(TextColumn):
    """`name` of the same row, folded: written with every save and bulk_create. An update names it itself."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = fold_name(str(model_instance.name))  # type: ignore[attr-defined]  # the column it goes with
        setattr(model_instance, self.attname, folded)
        return folded

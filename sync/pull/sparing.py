"""What the database refuses of a page keeps only itself out, never its page (docs/protocols.md 3.7).

Reading checks every value against our columns, so nearly never is anything refused. Where it is, the
page is applied anew in halves, each in a savepoint, until the culprit stands alone and is set aside.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import DataError, IntegrityError, transaction

from sync.pull.applied import Applied

T = TypeVar("T")
REFUSED = (DataError, IntegrityError, UnicodeError)


def spare_the_rest(
    page: Sequence[T], apply: Callable[[Sequence[T]], Applied], keep: Callable[[T, str], None]
) -> Applied:
    """In the caller's transaction: all at once; `keep` is given what alone is refused, and why."""
    try:
        with transaction.atomic():
            return apply(page)
    except REFUSED as problem:
        if not page:
            raise
        why = f"It could not be stored: {problem}"
    if len(page) == 1:
        keep(page[0], why)
        return Applied()
    middle = len(page) // 2
    return spare_the_rest(page[:middle], apply, keep) + spare_the_rest(page[middle:], apply, keep)

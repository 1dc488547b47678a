"""The part of the Xero client that the engine uses, as a shape. `integrations.xero.client.Client` has it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol


class PageShape(Protocol):
    """One page of a list. `item_count` and `page_count` are Xero's of the whole list, when it gives them.

    `answered_at` is Xero's own clock when it answered, when it says.
    """

    @property
    def records(self) -> Sequence[Any]: ...

    @property
    def item_count(self) -> int | None: ...

    @property
    def page_count(self) -> int | None: ...

    @property
    def answered_at(self) -> datetime | None: ...


class Books(Protocol):
    """One organisation's books. Every call can raise the errors of `integrations.xero.errors`."""

    def list(
        self,
        endpoint: str,
        *,
        modified_since: datetime | None = None,
        page: int = 1,
        page_size: int = 1000,
        where: str | None = None,
        order: str | None = None,
        params: Mapping[str, str] | None = None,
    ) -> PageShape: ...

    def settings(self, endpoint: str, *, params: Mapping[str, str] | None = None) -> Sequence[Any]: ...

    def get(self, endpoint: str, identifier: object) -> dict[str, Any]: ...

    def write(self, method: str, endpoint: str, body: str, *, key: str) -> Sequence[Any]: ...

    def organisation(self) -> dict[str, Any]: ...

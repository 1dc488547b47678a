"""One call of the accounting API: who asks, of which organisation, with what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.errors import NoData, PostDataInvalid
from xero_sandbox.accounting.organisation import Books, Organisation
from xero_sandbox.identity.model import Grant
from xero_sandbox.state import World


@dataclass(frozen=True)
class Call:
    world: World
    organisation: Organisation
    grant: Grant
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    correlation_id: str
    origin: str

    @property
    def books(self) -> Books:
        return self.organisation.books

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    @property
    def is_adviser(self) -> bool:
        return self.world.roles.get((self.grant.user_id, self.organisation.organisation_id)) == "ADVISER"

    def flag(self, name: str, default: bool = False) -> bool:
        """The SDK sends True and False, other clients true and false."""
        return self.query.get(name, str(default)).lower() == "true"

    def csv(self, name: str) -> list[str]:
        return [part.strip() for part in self.query.get(name, "").split(",") if part.strip()]

    def number(self, name: str) -> int | None:
        try:
            return int(self.query[name])
        except (KeyError, ValueError):
            return None

    def elements(self, plural: str, noun: str) -> list[dict[str, Any]]:
        """The elements of a write: under the plural key, a bare list, or one bare object."""
        if not self.body.strip():
            raise NoData(noun)
        try:
            given = json.loads(self.body, parse_float=Decimal, parse_int=Decimal)
        except ValueError as broken:
            raise PostDataInvalid("JSON for post data was invalid") from broken
        found = given.get(plural, given) if isinstance(given, dict) else given
        rows = found if isinstance(found, list) else [found]
        if not rows or not all(isinstance(row, dict) and row for row in rows):
            raise NoData(noun)
        return rows

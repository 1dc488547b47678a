"""The Accounting API for one connection and one unit of work (docs/xero.md C, F).

`open_client(connection)` gives a `Client`, which must not be shared between threads. An access
token that Xero no longer accepts is refreshed once and the call made once more: a 401 has no
effect. What may mean lost access is not decided here: the flows above register a reporter, which
confirms with Xero, marks the connection if need be, and says what to raise.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote

from integrations import halting
from integrations.models import Connection
from integrations.xero import http, patience, vault, verdicts, wire
from integrations.xero.client_errors import error_for, reading
from integrations.xero.errors import AccessLost, NotFound, XeroError
from integrations.xero.kinds import Endpoint, Kind, Verdict
from integrations.xero.sdk import SECONDS, SafeApi
from integrations.xero.wire import Page

__all__ = ["Client", "Gate", "Page", "Reporter", "open_client", "register_reporter"]

WITH_FOUR_DECIMALS = ("Invoices", "CreditNotes")

Records = list[Any]
Reporter = Callable[[Connection, Verdict, Endpoint], XeroError]
_reporter: list[Reporter] = []


class Gate(Protocol):
    """Who counts calls. `before` may raise Throttled; it is asked again before a repeated call.

    `after` follows every call; status 0 means that no answer came.
    """

    def before(self) -> None: ...

    def after(self, headers: Mapping[str, str], status: int) -> None: ...


def register_reporter(reporter: Reporter) -> Reporter | None:
    """`reporter(connection, verdict, endpoint)` confirms, marks, and returns what to raise."""
    before = _reporter[0] if _reporter else None
    _reporter[:] = [reporter]
    return before


@contextmanager
def open_client(
    connection: Connection, *, gate: Gate | None = None, seconds: float = SECONDS
) -> Iterator["Client"]:
    """A client for this block; each call ends within `seconds`. Nothing is asked before the first."""
    if connection.grant_id is None or connection.xero_tenant_id is None:
        raise AccessLost
    with http.Line() as line:
        api = SafeApi(line, str(connection.xero_tenant_id), seconds=seconds)
        yield Client(connection, connection.grant_id, api, gate)


class Client:
    """Every method raises what `errors` draws; writes raise OutcomeUnknown when in doubt."""

    def __init__(self, connection: Connection, grant_id: int, api: SafeApi, gate: Gate | None) -> None:
        self._connection = connection
        self._grant_id = grant_id
        self._api = api
        self._gate = gate

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
    ) -> Page:
        """One page of records (C4). Endpoints without pages ignore the paging."""
        query = {"page": str(page), "pageSize": str(page_size), **_precision(endpoint), **(params or {})}
        query |= {name: value for name, value in (("where", where), ("order", order)) if value}
        headers = {"If-Modified-Since": wire.modified_since(modified_since)} if modified_since else {}
        answer, verdict = self._call("GET", f"/{endpoint}", query=query, headers=headers)
        answered_at = patience.moment_in(answer.headers.get("Date", ""))
        if answer.status == 304:
            return Page([], 0, answer.size, answered_at=answered_at)
        with reading(Endpoint.READ):
            return wire.page(verdict.content, wire.collection_of(endpoint), answer.size, answered_at)

    def settings(self, endpoint: str, *, params: Mapping[str, str] | None = None) -> Records:
        """The whole of one of the organisation's lists of settings, which have no pages (C26).

        Optional: the sync can do without. So a refusal is raised and no more; it is not taken for a
        sign that access was lost or that the consent covers too little, which other calls will tell.
        """
        _, verdict = self._call("GET", f"/{endpoint}", is_optional=True, query=dict(params or {}))
        with reading(Endpoint.READ):
            return wire.records(verdict.content, wire.collection_of(endpoint))

    def get(self, endpoint: str, identifier: object) -> dict[str, Any]:
        """One record by its id. Raises NotFound."""
        path = f"/{endpoint}/{quote(str(identifier), safe='')}"
        _, verdict = self._call("GET", path, query=_precision(endpoint))
        return _first(verdict, endpoint)

    def organisation(self) -> dict[str, Any]:
        """The organisation itself; every connection may read it, so it serves as the probe (C16)."""
        _, verdict = self._call("GET", "/Organisation")
        return _first(verdict, "Organisation")

    def write(self, method: str, endpoint: str, body: str, *, key: str) -> Records:
        """Send exactly this body under this idempotency key; each element's own result (C6, C7, C10)."""
        query = {"summarizeErrors": "false", **_precision(endpoint)}
        _, verdict = self._call(
            method, f"/{endpoint}", query=query, headers={"Idempotency-Key": key}, body=body
        )
        if verdict.content is None:
            return []
        with reading(Endpoint.WRITE):
            return wire.records(verdict.content, wire.collection_of(endpoint))

    def _call(
        self, method: str, path: str, *, is_optional: bool = False, **what: Any
    ) -> tuple[http.Answer, Verdict]:
        """One call, and one more with a refreshed token. Raises unless the verdict is fine."""
        endpoint = Endpoint.READ if method == "GET" else Endpoint.WRITE
        self._api.token = vault.access_token(self._grant_id)
        answer, verdict = self._once(endpoint, method, path, what)
        if verdict.kind is Kind.TOKEN_EXPIRED:
            self._api.token = vault.refresh(self._grant_id, rejected=self._api.token)
            answer, verdict = self._once(endpoint, method, path, what)
        if not verdict.is_fine:
            raise error_for(verdict) if is_optional else self._error(verdict, endpoint)
        return answer, verdict

    def _once(
        self, endpoint: Endpoint, method: str, path: str, what: dict[str, Any]
    ) -> tuple[http.Answer, Verdict]:
        halting.require_running(self._connection.pk)
        if self._gate is not None:
            self._gate.before()
        answer, verdict = self._send(endpoint, method, path, what)
        if self._gate is not None:
            self._gate.after(answer.headers, answer.status)
        return answer, verdict

    def _send(
        self, endpoint: Endpoint, method: str, path: str, what: dict[str, Any]
    ) -> tuple[http.Answer, Verdict]:
        try:
            answer = self._api.call(method, path, **what)
        except http.NoAnswer as silence:
            return http.Answer(0, {}, b""), verdicts.no_answer(endpoint, was_sent=silence.was_sent)
        return answer, verdicts.classify(endpoint, answer.status, answer.headers, answer.body)

    def _error(self, verdict: Verdict, endpoint: Endpoint) -> XeroError:
        if verdict.kind in (Kind.PERHAPS_UNLINKED, Kind.SCOPE_MISSING) and _reporter:
            return _reporter[0](self._connection, verdict, endpoint)
        return error_for(verdict)


def _precision(endpoint: str) -> dict[str, str]:
    """Four decimals of a unit amount, where Xero has them (C4); else a line's total would not add up."""
    return {"unitdp": "4"} if endpoint.split("/")[0] in WITH_FOUR_DECIMALS else {}


def _first(verdict: Verdict, endpoint: str) -> dict[str, Any]:
    with reading(Endpoint.READ):
        found = wire.records(verdict.content, wire.collection_of(endpoint))
        if not found:
            raise NotFound
        if not isinstance(found[0], dict):
            raise wire.Unexpected("the record is not an object")
        return found[0]

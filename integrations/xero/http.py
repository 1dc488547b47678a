"""One HTTP exchange with Xero: no hidden retry, no redirect followed, one total deadline.

The SDK's own HTTP layer retries, sleeps on Retry-After and waits for ever (docs/xero.md F3, F4),
so every call of ours goes through here. What matters most to the callers is the difference
between "certainly not sent" and "may have been sent": a token that may have been spent and a
document that may have been created are never simply tried again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from urllib3 import BaseHTTPResponse
from urllib3._collections import HTTPHeaderDict
from urllib3.exceptions import HTTPError

from integrations.xero.deadline import Deadline
from integrations.xero.dialling import Connection, connection_to

LARGEST_ANSWER = 64 * 1024 * 1024
CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `headers` is case-insensitive; `size` counts the bytes on the wire."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    size: int = 0


class NoAnswer(Exception):
    """No whole answer came. `was_sent` is False only if no byte of the request can have left us."""

    def __init__(self, says: str, *, was_sent: bool) -> None:
        super().__init__(f"{says} ({'may have been sent' if was_sent else 'not sent'})")
        self.was_sent = was_sent


class Line:
    """Exchanges of one unit of work with one host, over one connection that is kept while it lasts.

    Not shared between threads. A request that must not be doubled asks for a fresh connection:
    a kept one may have been closed by the other side at the moment we write to it.
    """

    def __init__(self) -> None:
        self._kept: Connection | None = None
        self._origin = ("", "")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None,
        deadline: float,
        fresh: bool = False,
    ) -> Answer:
        """One request, one answer, `deadline` seconds in all. Raises NoAnswer."""
        check_headers(headers)
        limit = Deadline(deadline)
        connection = self._connection(url, limit, fresh=fresh)
        whole = False
        try:
            answer = _exchange(connection, method, url, headers, body)
            whole = not limit.is_over
        except (OSError, HTTPError, HTTPException) as problem:
            raise _no_answer(connection, limit, type(problem).__name__) from problem
        finally:
            limit.end()
            if not whole:
                self.hang_up()
        if not whole:
            raise _no_answer(connection, limit, "Late")
        return answer

    def _connection(self, url: str, limit: Deadline, *, fresh: bool) -> Connection:
        origin = urlsplit(url)[:2]
        if fresh or self._kept is None or origin != self._origin or not self._kept.is_connected:
            self.hang_up()
            self._kept, self._origin = connection_to(url, limit), origin
        else:
            self._kept.timeout = limit.left() or 0.001
            self._kept.deadline = limit
            if self._kept.sock is not None:
                limit.watch(self._kept.sock)
        self._kept.may_have_left = False
        return self._kept


def send(
    method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None, deadline: float
) -> Answer:
    """One exchange on a connection of its own, `deadline` seconds in all. Raises NoAnswer."""
    with Line() as line:
        return line.send(method, url, headers=headers, body=body, deadline=deadline)


def check_headers(headers: Mapping[str, str]) -> None:
    """Refuse what can't be a header, without repeating it: http.client would quote a token."""
    for name, value in headers.items():
        if not (value.isascii() and value.isprintable()):
            raise ValueError(f"The value of header {name} can’t be sent.")


def _exchange(
    connection: Connection, method: str, url: str, headers: Mapping[str, str], body: bytes | None
) -> Answer:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request(
        method, target, body=body, headers={"Accept-Encoding": "gzip", **headers}, preload_content=False
    )
    response = connection.getresponse()
    content = _read(response)
    return Answer(response.status, HTTPHeaderDict(response.headers), content, _size(response, content))


def _read(response: BaseHTTPResponse) -> bytes:
    """The whole body, within the cap; a shorter body than announced is no answer."""
    parts: list[bytes] = []
    total = 0
    while part := response.read(CHUNK, decode_content=True):
        total += len(part)
        if total > LARGEST_ANSWER:
            raise HTTPException("the answer is larger than any of Xero’s")
        parts.append(part)
    return b"".join(parts)


def _size(response: BaseHTTPResponse, content: bytes) -> int:
    try:
        return response.tell() or len(content)
    except (OSError, HTTPError):
        return len(content)


def _no_answer(connection: Connection, limit: Deadline, what: str) -> NoAnswer:
    says = "no whole answer in time" if limit.is_over else f"no whole answer: {what}"
    return NoAnswer(says, was_sent=connection.may_have_left)

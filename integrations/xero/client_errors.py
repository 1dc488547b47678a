"""From a verdict about an accounting call to the error that is raised for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from integrations.xero import wire
from integrations.xero.errors import (
    MissingScope,
    NotFound,
    OutcomeUnknown,
    Refused,
    Throttled,
    Unavailable,
    XeroError,
)
from integrations.xero.kinds import Endpoint, Kind, Verdict

_MADE: dict[Kind, Callable[[Verdict], XeroError]] = {
    Kind.THROTTLED: lambda verdict: Throttled(verdict.limit, verdict.retry_after or 60.0),
    Kind.REFUSED: lambda verdict: Refused(400, verdict.messages, verdict.elements),
    Kind.NOT_FOUND: lambda _: NotFound(),
    Kind.OUTCOME_UNKNOWN: lambda _: OutcomeUnknown(),
    Kind.SCOPE_MISSING: lambda verdict: MissingScope(verdict.scopes),
}


def error_for(verdict: Verdict) -> XeroError:
    """What has no error of its own is unavailable: also a token still refused after a refresh."""
    made = _MADE.get(verdict.kind)
    if made is not None:
        return made(verdict)
    says = f"Xero can’t be used: {verdict.said}."
    return Unavailable(says, retry_after=verdict.retry_after, is_too_much=verdict.is_too_much)


@contextmanager
def reading(endpoint: Endpoint) -> Iterator[None]:
    """An answer that is not the one asked for: a read can be tried again, a write is of unknown effect."""
    try:
        yield
    except wire.Unexpected as problem:
        if endpoint.is_write:
            raise OutcomeUnknown from problem
        raise Unavailable(f"Xero’s answer can’t be read: {problem}.") from problem

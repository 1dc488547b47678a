"""What does this answer of Xero mean? One closed table, one pure function.

Every decision about lost access, retrying and alarming starts here, so the rule is strict: only
what is in the table (`verdict_table`, row by row with its fact in docs/xero.md) has a meaning.
Anything else is UNAVAILABLE, or OUTCOME_UNKNOWN for a write; never dead.
"""

from collections.abc import Mapping

from integrations.xero import patience
from integrations.xero.kinds import Endpoint, Kind, Verdict
from integrations.xero.seen import Seen, look_at
from integrations.xero.verdict_row import Row, elements, messages
from integrations.xero.verdict_table import TABLE

TOO_LARGE, FAILED = 413, 500

__all__ = ["Endpoint", "Kind", "Verdict", "classify", "no_answer"]


def classify(endpoint: Endpoint, status: int, headers: Mapping[str, str], body: bytes) -> Verdict:
    """The meaning of one whole answer."""
    seen = look_at(status, headers, body, mends=endpoint.holds_words)
    for row in TABLE:
        if row.matches(endpoint, seen):
            return _verdict(row, seen)
    kind = Kind.OUTCOME_UNKNOWN if endpoint.is_write else Kind.UNAVAILABLE
    return Verdict(
        kind,
        "not in the table",
        "",
        said=f"status {status}",
        retry_after=_wait(seen),
        is_too_much=status == TOO_LARGE or status >= FAILED,
    )


def no_answer(endpoint: Endpoint, *, was_sent: bool) -> Verdict:
    """The meaning of silence: a write that may have left us may have been carried out."""
    unknown = endpoint.is_write and was_sent
    kind = Kind.OUTCOME_UNKNOWN if unknown else Kind.UNAVAILABLE
    said = "sent, no answer" if was_sent else "not reached"
    return Verdict(kind, "no answer", "", said=said, is_too_much=was_sent)


def _verdict(row: Row, seen: Seen) -> Verdict:
    limit, default = patience.limit_of(seen.headers) if row.kind is Kind.THROTTLED else ("", None)
    wait = _wait(seen)
    return Verdict(
        row.kind,
        row.name,
        row.fact,
        said=f"{seen.status} {row.text}" if row.text else _said(seen),
        retry_after=wait if wait is not None else (default or row.retry_after),
        limit=limit,
        scopes=_scopes(seen) if row.kind is Kind.SCOPE_MISSING else (),
        messages=messages(seen) if row.kind is Kind.REFUSED else (),
        elements=elements(seen) if row.kind is Kind.REFUSED else (),
        content=seen.content,
    )


def _wait(seen: Seen) -> float | None:
    return patience.retry_after(seen.headers) if seen.status in (429, 503) else None


def _said(seen: Seen) -> str:
    """Xero's own code, cut at what may name a person or a moment."""
    word = seen.word("error") or seen.word("Detail") or seen.word("Type")
    return f"{seen.status} {word.split(':')[0][:60]}".strip()


def _scopes(seen: Seen) -> tuple[str, ...]:
    """The scopes that the header names, if it names any: scope="a b"."""
    _, found, rest = seen.challenge.partition('scope="')
    return tuple(rest.partition('"')[0].split()) if found else ()

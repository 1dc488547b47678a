"""One row of the verdict table: conditions that must all hold, and what they then mean."""

from collections.abc import Callable
from dataclasses import dataclass

from integrations.xero.kinds import Endpoint, Kind
from integrations.xero.seen import Seen

Shape = Callable[[Seen], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """Frozen. A condition that is left empty is not asked; `fact` is a row of docs/xero.md."""

    name: str
    fact: str
    kind: Kind
    endpoints: frozenset[Endpoint]
    statuses: frozenset[int]
    shape: Shape | None = None
    error: str = ""
    detail: str = ""
    detail_starts: str = ""
    text: str = ""
    retry_after: float | None = None

    def matches(self, endpoint: Endpoint, seen: Seen) -> bool:
        return (
            endpoint in self.endpoints
            and seen.status in self.statuses
            and (not self.error or seen.word("error") == self.error)
            and (not self.detail or seen.word("Detail") == self.detail)
            and (not self.detail_starts or seen.word("Detail").startswith(self.detail_starts))
            and (not self.text or self.text in seen.text)
            and (self.shape is None or self.shape(seen))
        )


def tokens(seen: Seen) -> bool:
    """A user's tokens, all of them: an answer without the new refresh token would end the grant."""
    return app_token(seen) and bool(seen.word("refresh_token"))


def app_token(seen: Seen) -> bool:
    lasts = seen.content.get("expires_in") if isinstance(seen.content, dict) else None
    return bool(seen.word("access_token")) and type(lasts) is int and lasts > 0


def an_object(seen: Seen) -> bool:
    return isinstance(seen.content, dict)


def a_list(seen: Seen) -> bool:
    return isinstance(seen.content, list)


def as_json(seen: Seen) -> bool:
    """What alarms is JSON; what calls itself a web page comes from something in between."""
    return isinstance(seen.content, dict) and ("json" in seen.content_type or not seen.content_type)


def lacks_scope(seen: Seen) -> bool:
    """Xero’s own pages spell it both ways, and it has been seen without `Bearer error=`."""
    return "insufficient_scope" in seen.challenge or "insufficent_scope" in seen.challenge


def invalid_token(seen: Seen) -> bool:
    return "invalid_token" in seen.challenge


def empty_object_or_list(seen: Seen) -> bool:
    return seen.is_empty or isinstance(seen.content, dict | list)


def refusal(seen: Seen) -> bool:
    """Xero’s accounting refusals name a number, a type or a message."""
    return seen.has("ErrorNumber") or seen.has("Type") or seen.has("Message")


def key_reused(seen: Seen) -> bool:
    return "is used with a different request" in " ".join(messages(seen))


def messages(seen: Seen) -> tuple[str, ...]:
    """What Xero says is wrong: each element's validation errors, else its own message."""
    found = [text for element in elements(seen) for text in validation_texts(element)]
    own = seen.word("Message")
    return tuple(dict.fromkeys(found)) or ((own,) if own else ())


def elements(seen: Seen) -> tuple[object, ...]:
    rows = seen.content.get("Elements") if isinstance(seen.content, dict) else None
    return tuple(rows) if isinstance(rows, list) else ()


def validation_texts(element: object) -> list[str]:
    rows = element.get("ValidationErrors") if isinstance(element, dict) else None
    if not isinstance(rows, list):
        return []
    texts = [row.get("Message") for row in rows if isinstance(row, dict)]
    return [text for text in texts if isinstance(text, str) and text]

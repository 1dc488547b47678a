"""A mail as it was taken, and the box that holds the latest ones in memory."""

from collections import deque
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from typing import Any

CAPACITY = 1_000


@dataclass(frozen=True)
class Mail:
    """One delivery. `to` is the envelope's recipients, which is what a mail server acts on."""

    number: int
    to: list[str]
    sender: str
    subject: str
    message_id: str
    headers: list[tuple[str, str]]
    text: str
    html: str
    received_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "headers": dict(self.headers),
            "received_at": self.received_at.isoformat(),
        }


@dataclass
class Box:
    """The mails in the order of their arrival; beyond its capacity the oldest go."""

    mails: deque[Mail] = field(default_factory=lambda: deque(maxlen=CAPACITY))
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def take(self, content: bytes, *, sender: str, to: list[str]) -> Mail:
        mail = read(content, number=next(self.numbers), sender=sender, to=to)
        self.mails.append(mail)
        return mail

    def find(self, number: int) -> Mail | None:
        return next((mail for mail in self.mails if mail.number == number), None)


def read(content: bytes, *, number: int, sender: str, to: list[str]) -> Mail:
    message = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
    return Mail(
        number=number,
        to=to,
        sender=sender,
        subject=str(message["Subject"] or ""),
        message_id=str(message["Message-ID"] or ""),
        headers=[(name, str(value)) for name, value in message.items()],
        text=part(message, "plain"),
        html=part(message, "html"),
        received_at=datetime.now(UTC),
    )


def part(message: EmailMessage, kind: str) -> str:
    """The body of this kind; an alternative that is not there is empty, not a copy of the other."""
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body is not None else ""

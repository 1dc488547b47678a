"""The conversation with the mail server, within one total deadline.

Only a certain refusal is called one. Where the answer was lost after the text had gone out, nobody knows
whether the person has the mail: it is sent again later, with the same Message-ID, and counts as received.
"""

import smtplib
from enum import Enum

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

from integrations.xero.deadline import Deadline
from notifications.models import Mail

SEND_SECONDS = 60


class Reply(Enum):
    """What is known of the mail after the conversation."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNKNOWN = "unknown"


def post(mail: Mail) -> tuple[Reply, str]:
    """Hand the mail over; the reply, and for people who look into it the mail server's words."""
    deadline = Deadline(SEND_SECONDS)
    has_begun = False
    try:
        with get_connection() as connection:
            if isinstance(connection, EmailBackend):
                watch(connection, deadline)
            has_begun = True
            message(mail, connection).send()
    except (OSError, smtplib.SMTPException, AnymailError) as problem:
        certain = not has_begun or is_certain(problem)
        return Reply.REFUSED if certain else Reply.UNKNOWN, f"{type(problem).__name__}: {problem}"
    finally:
        deadline.end()
    return Reply.TAKEN, ""


def watch(backend: EmailBackend, deadline: Deadline) -> None:
    """A server that answers drop by drop must not outlast the claim."""
    sock = backend.connection.sock if backend.connection else None
    if sock is not None:
        deadline.watch(sock)


def is_certain(problem: Exception) -> bool:
    """Whether nobody can have the mail: the server answered, and its answer was no."""
    if isinstance(problem, AnymailAPIError):
        return problem.status_code is not None and 400 <= problem.status_code < 500
    if isinstance(problem, smtplib.SMTPResponseException):
        return int(problem.smtp_code) >= 400  # an answer cut off in the middle has the code -1
    return isinstance(problem, CERTAIN)


CERTAIN = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    AnymailRecipientsRefused,
)


def message(mail: Mail, connection: object) -> EmailMultiAlternatives:
    """The frozen mail as it goes out, the same at every try."""
    made = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.address],
        reply_to=[settings.SUPPORT_EMAIL],
        connection=connection,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **mail.headers},
    )
    made.attach_alternative(mail.html, "text/html")
    return made

"""The row of a frozen mail; what it is about is written in the same transaction by its caller."""

from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings

from notifications.emails import Email
from notifications.models import Mail
from released.accounts.models import User
from released.clock import now


def insert(kind: Mail.Kind, recipient: User | None, email: Email) -> Mail:
    """With the Message-ID that stays, at every try. Nobody as the recipient means the operator."""
    mail_id = uuid4()
    return Mail.objects.create(
        id=mail_id,
        recipient=recipient,
        address=recipient.email if recipient else settings.SUPPORT_EMAIL,
        kind=kind,
        subject=email.subject,
        text=email.text,
        html=email.html,
        headers=email.headers,
        message_id=f"<{mail_id}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>",
        frozen_at=now(),
    )

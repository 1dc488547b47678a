"""The notice outbox: which mail is owed to whom, and how far it is (docs/protocols.md 4)."""

from notifications.models.mail import Mail, MailEpisode
from notifications.models.matter import MailAlert, MailDocument, MailEvent
from notifications.models.stop import DailyRefusals, StoppedReminders

__all__ = [
    "DailyRefusals",
    "Mail",
    "MailAlert",
    "MailDocument",
    "MailEpisode",
    "MailEvent",
    "StoppedReminders",
]

"""The notice outbox: which mail is owed to whom, and how far it is (docs/protocols.md 4)."""

from notifications.models.mail import Mail, MailEpisode
from notifications.models.stop import StoppedReminders

__all__ = ["Mail", "MailEpisode", "StoppedReminders"]

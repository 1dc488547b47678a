"""Connections to accounting systems: grants, connections, consents, lost access, events."""

from integrations.models.alert import OperatorAlert
from integrations.models.connection import Connection
from integrations.models.consent import Consent
from integrations.models.episode import Episode
from integrations.models.event import Event
from integrations.models.grant import Grant
from integrations.models.installation import Installation

__all__ = ["Connection", "Consent", "Episode", "Event", "Grant", "Installation", "OperatorAlert"]

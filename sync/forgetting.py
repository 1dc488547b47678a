"""What sync knows of an organisation goes together with the bond, when an operator releases it."""

from integrations.models import Connection
from released.billing.models import Document
from released.portfolio.models import Contact
from sync.models import (
    ChartEntry,
    ChartReading,
    Conflict,
    ContactLink,
    Delivery,
    DocumentLink,
    LikelyPair,
    Match,
    NearContact,
    Problem,
    PullPlace,
    Reconciliation,
    Run,
    Schedule,
    SetAside,
)


def forget(connection: Connection) -> None:
    """In the releasing transaction. The documents stay as they are, and count as shared with nobody."""
    for model in (
        Conflict,
        Delivery,
        SetAside,
        LikelyPair,
        PullPlace,
        DocumentLink,
        ContactLink,
        Problem,
        Reconciliation,
        Match,
        NearContact,
        ChartEntry,
        ChartReading,
    ):
        model._default_manager.filter(connection=connection).delete()
    Run.objects.filter(connection=connection).delete()
    Schedule.objects.filter(connection=connection).delete()
    Document.objects.filter(company=connection.company_id).update(shared_revision=0)
    Contact.objects.filter(company=connection.company_id).update(shared_revision=0)

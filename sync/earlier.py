"""What linked both sides, kept when a company is released, and taken up if the same organisation comes back.

The ids of documents in Xero mean nothing in other books, so releasing forgets them (`sync.forgetting`). In
the same books they are all that says which documents over there are ours: only invoices carry an address of
ours, and a likeness is no proof. Without them a first sync would take over once more what is here already.

Whole companies at a time, so by statements of the database's own: 100,000 links never come into memory.
"""

from uuid import UUID

from django.db import connection as database

from integrations.models import Connection
from released.billing.models import DocumentEvent
from released.clock import now
from sync.models import EarlierContactLink, EarlierLink

BATCH = 2000
INCLUDED = (
    "Included in sync again: the company is back in the books in Xero that know its payments and credits"
)

KEEP_DOCUMENTS = """
INSERT INTO sync_earlierlink (
    connection_id, xero_tenant_id, document_id, shared_revision, xero_id, base_ours, base_theirs,
    agreed_date, agreed_at, line_ids, former_ids, excluded_at, excluded_by_id)
SELECT link.connection_id, %s, link.document_id, document.shared_revision, link.xero_id, link.base_ours,
    link.base_theirs, link.agreed_date, link.agreed_at, link.line_ids, link.former_ids, link.excluded_at,
    link.excluded_by_id
FROM sync_documentlink link JOIN billing_document document ON document.id = link.document_id
WHERE link.connection_id = %s
    AND (link.xero_id IS NOT NULL OR link.excluded_at IS NOT NULL OR link.former_ids <> '[]')
"""
KEEP_CONTACTS = """
INSERT INTO sync_earliercontactlink (
    connection_id, xero_tenant_id, contact_id, shared_revision, xero_id, base_ours, base_theirs)
SELECT link.connection_id, %s, link.contact_id, contact.shared_revision, link.xero_id, link.base_ours,
    link.base_theirs
FROM sync_contactlink link JOIN portfolio_contact contact ON contact.id = link.contact_id
WHERE link.connection_id = %s AND link.xero_id IS NOT NULL
"""
SHARE_DOCUMENTS = """
UPDATE billing_document SET shared_revision = earlier.shared_revision
FROM sync_earlierlink earlier
WHERE earlier.document_id = billing_document.id AND earlier.connection_id = %s AND earlier.xero_tenant_id = %s
"""
SHARE_CONTACTS = """
UPDATE portfolio_contact SET shared_revision = earlier.shared_revision
FROM sync_earliercontactlink earlier
WHERE earlier.contact_id = portfolio_contact.id AND earlier.connection_id = %s AND earlier.xero_tenant_id = %s
"""
# What a person excluded since the release stays excluded; what the release itself excluded is as it was.
LINK_DOCUMENTS = """
INSERT INTO sync_documentlink AS link (
    document_id, connection_id, xero_id, base_ours, base_theirs, agreed_date, agreed_at, line_ids,
    former_ids, excluded_at, excluded_by_id)
SELECT document_id, connection_id, xero_id, base_ours, base_theirs, agreed_date, agreed_at, line_ids,
    former_ids, excluded_at, excluded_by_id
FROM sync_earlierlink WHERE connection_id = %s AND xero_tenant_id = %s
ON CONFLICT (document_id) DO UPDATE SET
    xero_id = EXCLUDED.xero_id, base_ours = EXCLUDED.base_ours, base_theirs = EXCLUDED.base_theirs,
    agreed_date = EXCLUDED.agreed_date, agreed_at = EXCLUDED.agreed_at, line_ids = EXCLUDED.line_ids,
    former_ids = EXCLUDED.former_ids,
    excluded_at = CASE WHEN link.excluded_by_id IS NULL THEN EXCLUDED.excluded_at ELSE link.excluded_at END,
    excluded_by_id = COALESCE(link.excluded_by_id, EXCLUDED.excluded_by_id)
"""
LINK_CONTACTS = """
INSERT INTO sync_contactlink (contact_id, connection_id, xero_id, base_ours, base_theirs)
SELECT contact_id, connection_id, xero_id, base_ours, base_theirs
FROM sync_earliercontactlink WHERE connection_id = %s AND xero_tenant_id = %s
"""


def keep(connection: Connection) -> None:
    """In the releasing transaction, before anything is forgotten."""
    _forget(connection)
    with database.cursor() as cursor:
        for statement in (KEEP_DOCUMENTS, KEEP_CONTACTS):
            cursor.execute(statement, [_books(connection), connection.pk])


def take_up_again(connection: Connection) -> None:
    """In the binding transaction: as if the company had never left, if it was in these books before.

    Both sides agree to what they agreed to then. So what has changed on either of them since is shared like
    any change, and nothing else is written.
    """
    _note_included(connection)
    with database.cursor() as cursor:
        for statement in (SHARE_DOCUMENTS, SHARE_CONTACTS, LINK_DOCUMENTS, LINK_CONTACTS):
            cursor.execute(statement, [connection.pk, _books(connection)])
    _forget(connection)


def _note_included(connection: Connection) -> None:
    """The reason for which releasing excluded a document is gone: these books know what was paid of it."""
    rows = EarlierLink.objects.filter(
        connection=connection, xero_tenant_id=_books(connection), excluded_at=None
    )
    held = rows.filter(document__link__excluded_at__isnull=False, document__link__excluded_by=None)
    at = now()
    DocumentEvent.objects.bulk_create(
        (
            DocumentEvent(document_id=pk, at=at, what="included", says=INCLUDED)
            for pk in held.values_list("document_id", flat=True)
        ),
        batch_size=BATCH,
    )


def _forget(connection: Connection) -> None:
    for model in (EarlierLink, EarlierContactLink):
        rows = model._default_manager.filter(connection=connection)
        rows.filter(xero_tenant_id=_books(connection)).delete()


def _books(connection: Connection) -> UUID:
    if connection.xero_tenant_id is None:
        raise LookupError(f"{connection} is kept in no organisation")
    return connection.xero_tenant_id

"""The cast with browsers; Harbour View as each page needs it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from released.clock import now
from sync.models import DocumentLink
from tests.factories.cast import Cast, assemble
from tests.factories.integrations import connection


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def browse() -> Callable[[User], Client]:
    def _browse(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _browse


@pytest.fixture
def admin(cast: Cast, browse: Callable[[User], Client]) -> Client:
    return browse(cast.admin)


@pytest.fixture
def connected(cast: Cast) -> Connection:
    return connection(cast.harbour_view, connected_by=cast.admin)


@pytest.fixture
def link() -> Callable[..., DocumentLink]:
    """Let Xero know a document; `fields` as on the link."""

    def _link(document: Document, of: Connection, **fields: Any) -> DocumentLink:
        given = {"xero_id": uuid4(), "agreed_date": document.date, "agreed_at": now()} | fields
        return DocumentLink.objects.create(document=document, connection=of, **given)

    return _link

"""The people of the walk, and for each scope an object of every sort that an address can name."""

from collections.abc import Callable
from typing import Final

from django.test import Client

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from released.portfolio.models import Company
from tests.factories import connection, document
from tests.factories.cast import Cast, assemble
from tests.factories.sync import compared, conflict, problem
from tests.integration.walk.doors import ANONYMOUS, ROLES, Role, Scope

BACKEND = "django.contrib.auth.backends.ModelBackend"
UNKNOWN_KEY = 987_654_321


class Scenery:
    """One firm with two connected companies, one of another firm, and a document in each."""

    def __init__(self) -> None:
        self.cast: Cast = assemble()
        self.companies: dict[Scope, Company] = {
            Scope.OWN: self.cast.harbour_view,
            Scope.LIMITED_OUT: self.cast.castlegate,
            Scope.FOREIGN: self.cast.foreign_company,
        }
        self.connections: dict[Scope, Connection] = {
            scope: connection(company, connected_by=self.cast.admin)
            for scope, company in self.companies.items()
        }
        self.documents: dict[Scope, Document] = {
            scope: document(company) for scope, company in self.companies.items()
        }
        self.problems = {scope: problem(one) for scope, one in self.connections.items()}
        self.conflicts = {
            scope: conflict(one, self.documents[scope]) for scope, one in self.connections.items()
        }
        for one in self.connections.values():
            compared(one)
        self.clients = {role: self._client(role) for role in ROLES}

    def key(self, parameter: str, scope: Scope) -> int | str:
        """The value of one parameter of an address. KeyError: the walk must learn a new sort of object."""
        if parameter in FIXED:
            return FIXED[parameter]
        make = KEYS[parameter]
        return UNKNOWN_KEY if scope is Scope.UNKNOWN else make(self, scope)

    def _client(self, role: Role) -> Client:
        client = Client()
        if role != ANONYMOUS:
            person: User = getattr(self.cast, role)
            client.force_login(person, backend=BACKEND)
        return client


FIXED: Final[dict[str, str]] = {"kind": "credit_note"}
KEYS: Final[dict[str, Callable[[Scenery, Scope], int | str]]] = {
    "company_id": lambda scenery, scope: scenery.companies[scope].pk,
    "document_id": lambda scenery, scope: scenery.documents[scope].pk,
    "problem_id": lambda scenery, scope: scenery.problems[scope].pk,
    "conflict_id": lambda scenery, scope: scenery.conflicts[scope].pk,
    "account_id": lambda scenery, scope: scenery.companies[scope].account_id,
}

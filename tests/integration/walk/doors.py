"""Who may pass which door, in what words the table says it, and what answer follows from it. Pure."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
READS: Final = ("GET", "HEAD")

Role = str
ADMIN, MANAGER, READER, CONNECTOR, LIMITED = "admin", "manager", "reader", "connector", "limited"
STRANGER, OPERATOR, ANONYMOUS = "stranger", "operator", "anonymous"
ROLES: Final = (ADMIN, MANAGER, READER, CONNECTOR, LIMITED, STRANGER, OPERATOR, ANONYMOUS)
MEMBERS: Final = frozenset(ROLES) - {OPERATOR, ANONYMOUS}


class Scope(Enum):
    """Whose object an address names: one that all of Northgate reach, one beyond `limited`, another's."""

    OWN = "own"
    LIMITED_OUT = "limited out"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"

    def reached_by(self, role: Role) -> bool:
        """Whether the object exists for this person."""
        if self is Scope.UNKNOWN or role not in MEMBERS:
            return False
        if self is Scope.FOREIGN:
            return role == STRANGER
        return role != STRANGER and (self is Scope.OWN or role != LIMITED)


class Answer(Enum):
    """What comes back."""

    OPEN = "lets in"
    SIGN_IN = "asks to sign in"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    NOT_ALLOWED = "405"
    UNPROVEN = "401"


@dataclass(frozen=True)
class Door:
    """One row of the table. An audience of None means that the method is not there at all.

    Whoever has an account and is in no audience gets `refuses`. An object that a person does not
    reach is a 404 (`is_about_object`), unless the role is asked about before the object is looked
    for (`asks_role_first`). `is_public` opens a door without signing in, `needs_membership` hides it
    from people who belong to no account, `knows_head` is off where HEAD is not answered.
    """

    reads: frozenset[Role] | None = None
    writes: frozenset[Role] | None = None
    is_about_object: bool = False
    asks_role_first: bool = False
    is_public: bool = False
    needs_membership: bool = True
    knows_head: bool = True
    refuses: Answer = Answer.FORBIDDEN

    def answer(self, role: Role, scope: Scope, method: str) -> Answer:
        """What this door answers, in the order in which the product decides it."""
        if role == ANONYMOUS and not self.is_public:
            return Answer.SIGN_IN
        audience = self._audience(method)
        if audience is None:
            return Answer.NOT_ALLOWED
        if self.asks_role_first and role in MEMBERS - audience:
            return self.refuses
        if self._is_hidden(role, scope):
            return Answer.NOT_FOUND
        return Answer.OPEN if role in audience else self.refuses

    def _audience(self, method: str) -> frozenset[Role] | None:
        if method == "HEAD" and not self.knows_head:
            return None
        return self.reads if method in READS else self.writes if method == "POST" else None

    def _is_hidden(self, role: Role, scope: Scope) -> bool:
        if self.is_about_object:
            return not scope.reached_by(role)
        return self.needs_membership and role not in MEMBERS

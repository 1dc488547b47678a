"""Handing a connection over while it works, before the person who connected it leaves.

A connection hangs on one Xero user. When that person leaves the firm, or loses their place in the
organisation, access is lost and everything waits. Somebody else who consents first is bound in one
transaction, while the connection works: there is no moment without a permission.
"""

from integrations.models import Connection, Grant
from released.accounts.models import User

State = Connection.State


def how_bound(connection: Connection, *, grant: Grant, organisation: str, by: User) -> tuple[str, str]:
    """What the event of a bind is called and says; asked before the bind changes anything. Pure."""
    if connection.state != State.CONNECTED or not is_another(connection, grant, by):
        return "bound", f"{by} connected {organisation} in Xero."
    held = connection.connected_by or "somebody who has left"
    says = f"{by} took over the connection with {organisation} from {held}."
    if connection.grant is not None and connection.grant_id != grant.pk:
        says += f" Xero login: {login_of(grant)} instead of {login_of(connection.grant)}."
    return "taken_over", says


def is_another(connection: Connection, grant: Grant, by: User) -> bool:
    return connection.connected_by_id != by.pk or connection.grant_id != grant.pk


def can_be_taken_over(connection: Connection) -> bool:
    """Only what works: lost access is reconnected instead, by whoever may."""
    return connection.state == State.CONNECTED


def is_own_login(grant: Grant | None, user: User) -> bool:
    """Whether the Xero login is, by its address, that of this person."""
    return grant is not None and grant.xero_user_email.casefold() == user.email.casefold()


def login_of(grant: Grant) -> str:
    """Daniel Okafor (daniel@northgate.example), as far as Xero told us."""
    if grant.xero_user_name and grant.xero_user_email:
        return f"{grant.xero_user_name} ({grant.xero_user_email})"
    return grant.xero_user_name or grant.xero_user_email or "another Xero user"

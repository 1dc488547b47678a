"""Which steps the way of a connection has: a first one may lead over the matching."""

from integrations.models import Connection
from sync.matching.standing import MatchingState, state_of

State = Connection.State


def is_first(connection: Connection) -> bool:
    """On the way of a first connection, before any date was chosen."""
    has_date = bool(connection.sync_from) or connection.all_time
    return connection.state == State.AWAITING_DATE and not has_date


def has_matching(connection: Connection) -> bool:
    """Whether the way of this first connection leads, or has led, over the matching."""
    return is_first(connection) and (
        was_matched(connection) or _is_asked(state_of(connection, counted=False))
    )


def was_matched(connection: Connection) -> bool:
    """Somebody decided something there."""
    return connection.matches.exists() or connection.near_contacts.exclude(decision="").exists()


def _is_asked(state: MatchingState) -> bool:
    return state.is_readable and state.needs_person

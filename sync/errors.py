"""What can end a turn from our side, drawn as a tree. The docstring is the default message.

SyncError
 ├ LeaseLost      another worker has taken over; nothing more may be written
 ├ OutOfTime      too late in the lease to start another call
 └ MovedOn        what was decided on has changed meanwhile; decide again
"""


class SyncError(Exception):
    """The turn cannot go on."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").splitlines()[0])


class LeaseLost(SyncError):
    """Another worker has taken over this connection."""


class OutOfTime(SyncError):
    """There is not enough of the lease left for another call."""


class MovedOn(SyncError):
    """What was decided on has changed meanwhile."""

"""What can be wrong with a change to a document.

BillingError
 ├ ChangedMeanwhile   somebody else changed the document first
 ├ NotAllowedNow      the document's status or its payments forbid the change
 └ Incomplete         the document lacks something that its approval needs

The docstring is the default message. None of them passes by trying again.
"""


class BillingError(Exception):
    """This document can’t be changed like that."""

    is_permanent = True

    def __init__(self, message: str = "") -> None:
        super().__init__(message or " ".join((self.__doc__ or "").split()))


class ChangedMeanwhile(BillingError):
    """Somebody changed this document while you were working on it."""


class NotAllowedNow(BillingError):
    """The document’s status does not allow this."""


class Incomplete(BillingError):
    """Something is missing before this document can be approved."""

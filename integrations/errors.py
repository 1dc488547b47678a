"""What can go wrong in a flow, drawn as a tree. The docstring is the default message.

FlowError
 ├ ConsentError            the way to Xero and back cannot be used
 │  ├ ConsentUnknown
 │  ├ ConsentExpired
 │  └ ConsentUsed
 ├ BindingRefused          this organisation may not be bound to this company
 │  ├ AnotherOrganisation
 │  └ AlreadyBound
 ├ GrantGone               the permission ended between the consent and the binding
 ├ ReasonMissing           an operator's act without its reason
 └ WrongState              the connection is not in a state in which this can be done
"""

from integrations.models import Consent


class FlowError(Exception):
    """This could not be done."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").splitlines()[0])


class ConsentError(FlowError):
    """This way back from Xero cannot be used."""

    def __init__(self, message: str = "", *, consent: Consent | None = None) -> None:
        super().__init__(message)
        self.consent = consent


class ConsentUnknown(ConsentError):
    """This attempt to connect was not started here, or not by you."""


class ConsentExpired(ConsentError):
    """This attempt to connect was started too long ago."""


class ConsentUsed(ConsentError):
    """This attempt to connect was already used."""


class BindingRefused(FlowError):
    """This organisation may not be bound to this company."""


class AnotherOrganisation(BindingRefused):
    """The company is kept in another organisation."""


class AlreadyBound(BindingRefused):
    """The organisation belongs to another company."""


class GrantGone(FlowError):
    """Xero ended the permission while it was being taken up."""


class ReasonMissing(FlowError):
    """A reason is kept on record, so give one."""


class WrongState(FlowError):
    """The connection is not in a state in which this can be done."""

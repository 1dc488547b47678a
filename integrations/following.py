"""Which page follows a binding: the choice of the date, or what a higher floor puts before it.

This floor does not know what the sync wants to have settled first. So the sync registers a function
that names its page for a connection that was just bound, or None.
"""

from collections.abc import Callable

from integrations.models import Connection, Consent

Purpose = Consent.Purpose
PageBefore = Callable[[Connection], str | None]
AFTER_BINDING = {Purpose.PERMISSIONS: "xero", Purpose.TAKE_OVER: "xero-take-over"}
CHOICE_OF_DATE = "xero-sync-from"
_before: list[PageBefore] = []


def register_page_before_date(page: PageBefore) -> None:
    """Told once, when the apps are ready."""
    _before[:] = [page]


def page_after_binding(consent: Consent) -> str:
    """The name of an address by company id. It is asked again whenever the way back is reloaded."""
    known = AFTER_BINDING.get(Purpose(consent.purpose))
    if known is not None:
        return known
    connection = Connection.objects.select_related("company").filter(company=consent.company_id).first()
    if connection is None or not _before:
        return CHOICE_OF_DATE
    return _before[0](connection) or CHOICE_OF_DATE

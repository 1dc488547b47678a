"""What the author of a refused document does next, by cause. Pure."""

from sync.models import Problem

Cause = Problem.Cause
BY_ITSELF = "It is then sent by itself."
STEPS: dict[str, str] = {
    Cause.ACCOUNT_CODE: f"Choose another account code, or ask for this one to be restored. {BY_ITSELF}",
    Cause.LOCK_DATE: f"Date it after the lock date, or wait until the period is unlocked. {BY_ITSELF}",
    Cause.ARCHIVED_CONTACT: f"Choose another contact, or ask for this one to be restored. {BY_ITSELF}",
    Cause.CONTACT: f"Correct the contact’s name and address. {BY_ITSELF}",
    Cause.TAX_TYPE: f"Open the document and choose another tax type. {BY_ITSELF}",
    Cause.NUMBER: "Ask for the other document to be given another number in Xero, "
    f"or for new documents to take Xero’s numbers. {BY_ITSELF}",
    Cause.CURRENCY: f"Ask for the currency to be added in Xero, or use another one. {BY_ITSELF}",
    Cause.STATUS: f"Ask for the payment or credit to be removed in Xero first. {BY_ITSELF}",
}


def next_step(cause: str) -> str:
    """One sentence of what to do; then it goes out without anybody."""
    return STEPS.get(cause, f"Open the document and change what Xero’s words name. {BY_ITSELF}")

"""What the page after Xero says, for every way in which an attempt can end without a bind."""

from dataclasses import dataclass

from integrations.models import Consent

Outcome = Consent.Outcome
PLAIN = "integrations/outcome.html"
REFUSED = "integrations/refused.html"


@dataclass(frozen=True)
class Page:
    """`says` and `advice` are whole sentences; `act` names the button that starts again."""

    title: str
    says: str
    advice: str
    act: str = "Try again"
    template: str = PLAIN


PAGES: dict[str, Page] = {
    Outcome.DENIED: Page(
        "You did not give access at Xero",
        "Xero told us that the request was cancelled. Nothing changed.",
        "Start again when you are ready. If the organisation is missing from Xero’s list, your Xero login "
        "has no access to it: ask someone who has.",
        "Go to Xero again",
    ),
    Outcome.MISMATCH: Page(
        "That is another organisation",
        "Nothing changed: not its organisation, not its date, no document.",
        "",
        "Choose the right organisation in Xero",
        REFUSED,
    ),
    Outcome.BOUND_HERE: Page(
        "That organisation belongs to another company",
        "An organisation can be connected to one company only. Nothing changed.",
        "",
        "Choose another organisation in Xero",
        REFUSED,
    ),
    Outcome.BOUND_ELSEWHERE: Page(
        "That organisation is already connected elsewhere",
        "An organisation can be connected to one company only. Nothing changed.",
        "",
        "Choose another organisation in Xero",
        REFUSED,
    ),
    Outcome.NONE_GRANTED: Page(
        "Xero gave access to no organisation",
        "You came back from Xero, but no organisation was chosen there. Nothing changed.",
        "Start again and choose an organisation in Xero’s list.",
    ),
    Outcome.EXPIRED: Page(
        "Xero’s answer was too old",
        "Between your yes at Xero and here more time went by than Xero allows, or the page was used twice. "
        "Nothing changed.",
        "Start again; it takes a minute.",
    ),
    Outcome.UNAVAILABLE: Page(
        "Xero did not answer",
        "You gave access, but Xero did not answer when we took it up. Nothing changed.",
        "Xero is probably having a difficult moment. Try again in a few minutes.",
    ),
    Outcome.MISCONFIGURED: Page(
        "Our own set-up is at fault",
        "Xero did not accept our software’s own credentials. This is ours to put right; nothing changed.",
        "Our operators have been told. Try again later.",
    ),
    Outcome.PAUSED: Page(
        "Connecting to Xero is paused",
        "Our operators have moved or restored this installation and are checking it. Nothing changed.",
        "Try again later; your documents and settings are all here.",
    ),
    Outcome.FAILED: Page(
        "The answer could not be trusted",
        "What came back did not prove that it came from Xero for you. For safety nothing was taken over.",
        "Start again. If it happens twice, tell support.",
    ),
}


def page_of(consent: Consent) -> Page | None:
    """The page for how it ended; None when it went well or is not over."""
    return PAGES.get(consent.outcome)

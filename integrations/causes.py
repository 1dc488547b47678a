"""What people are told about a cause: why, and what to do. One place for pages, banner and mails."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from integrations.models.episode import Episode

Cause = Episode.Cause


@dataclass(frozen=True)
class CauseWords:
    """`clause` reads on its own and after "most likely"; `sentence` says how sure; `advice` what to do."""

    clause: str
    sentence: str
    advice: str
    is_certain: bool


CLAUSES: dict[str, str] = {
    Cause.TRIAL_ENDED: "the Xero trial or subscription of {organisation} ended",
    Cause.ACCESS_CHANGED: "{person}’s access to {organisation} changed in Xero",
    Cause.APP_DISCONNECTED: "Disconnect App was pressed in Xero’s Connected Apps",
    Cause.GRANT_BROKEN: "maintenance, an upgrade or an incident ended Xero’s permission",
    Cause.OUTAGE: "Xero was unavailable; access itself is intact",
}
ADVICE: dict[str, str] = {
    Cause.TRIAL_ENDED: "Settle the subscription in Xero first, then reconnect.",
    Cause.ACCESS_CHANGED: "Someone who still has Standard or Adviser access to the organisation reconnects.",
    Cause.APP_DISCONNECTED: "If that was not intended, reconnect. There is nothing to settle in Xero first.",
    Cause.GRANT_BROKEN: "Reconnect. There is nothing else to do.",
    Cause.OUTAGE: "Nothing needs doing: we try again by ourselves and catch up.",
}


INCIDENTS = {
    "restored_at": "the restoring of our own database on {when} ended Xero’s permission",
    "incident_at": "the incident at Xero on {when} ended Xero’s permission",
}
DEMO = "DEMO"  # Xero's class of a demo company; it has no subscription to settle
DEMO_CLAUSE = "Xero reset the demo company {organisation}, as it does every 28 days"
DEMO_ADVICE = (
    "Reconnect. If the demo company comes back as another organisation, support releases this one first."
)


def words_for(episode: Episode) -> CauseWords:
    """The words for one episode, its organisation and the Xero user who had connected it named."""
    connection = episode.connection
    person = connection.grant.xero_user_name if connection.grant else ""
    was_demo = episode.cause == Cause.TRIAL_ENDED and connection.organisation_class == DEMO
    known = DEMO_CLAUSE if was_demo else CLAUSES[episode.cause]
    clause = (_incident_clause(episode) or known).format(
        organisation=connection.organisation_name or "the organisation",
        person=person or "the connecting user",
    )
    return CauseWords(
        clause=clause,
        sentence=sentence(clause, is_certain=episode.is_certain),
        advice=DEMO_ADVICE if was_demo else ADVICE[episode.cause],
        is_certain=episode.is_certain,
    )


def _incident_clause(episode: Episode) -> str:
    """The incident by its time, where one was on record within the day before the permission broke."""
    for name, clause in INCIDENTS.items():
        began = next((seen[name] for seen in episode.evidence if name in seen), None)
        if began is not None and episode.cause == Cause.GRANT_BROKEN:
            moment = datetime.fromisoformat(began).astimezone(ZoneInfo(episode.connection.company.timezone))
            return clause.format(when=f"{moment:%-d %b %Y at %H:%M}")
    return ""


def sentence(clause: str, *, is_certain: bool) -> str:
    """A whole sentence, with “Most likely” unless the evidence settles it."""
    return f"{clause[0].upper()}{clause[1:]}." if is_certain else f"Most likely {clause}."

"""Why access was most likely lost, decided from the evidence. Pure: a table in code, tested row by row.

Xero says the same 403 for every cause (docs/xero.md B), so the cause is told apart by what is
still listed, by what else was refused, and by the age of a trial. `is_certain` is False wherever
another cause of the table would look the same; people are then told "most likely". Disconnect App
is never certain: whether Xero goes on listing a person who was removed is not known.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.models.episode import Episode

Cause = Episode.Cause

LIVES = {"TRIAL": timedelta(days=30), "DEMO": timedelta(days=28)}


@dataclass(frozen=True)
class Signs:
    """What was found out. None means: could not be found out."""

    at: datetime
    refresh_refused: bool = False
    listed: bool | None = None  # by the connecting user's own token
    listed_for_app: bool | None = None  # in the app's own list of every connection
    others_see: bool | None = None  # another living permission of the same account still gets in
    organisation_class: str = ""
    class_seen_at: datetime | None = None
    organisation_created_at: datetime | None = None


@dataclass(frozen=True)
class Judgement:
    cause: Episode.Cause
    is_certain: bool


def judge(signs: Signs) -> Judgement:
    """The cause that fits the signs best."""
    if signs.refresh_refused:
        return _of_refused_refresh(signs)
    if signs.listed is False:
        return _of_unlisted(signs)
    return _of_listed_but_refused(signs)


def _of_refused_refresh(signs: Signs) -> Judgement:
    if signs.listed_for_app is False:
        return Judgement(Cause.APP_DISCONNECTED, is_certain=False)
    return Judgement(Cause.GRANT_BROKEN, is_certain=signs.listed_for_app is True)


def _of_unlisted(signs: Signs) -> Judgement:
    if signs.others_see is not True and trial_is_over(signs) and not worked_after_trial(signs):
        return Judgement(Cause.TRIAL_ENDED, is_certain=False)
    if signs.listed_for_app is True:
        return Judgement(Cause.ACCESS_CHANGED, is_certain=True)
    return Judgement(Cause.APP_DISCONNECTED, is_certain=False)


def _of_listed_but_refused(signs: Signs) -> Judgement:
    if signs.others_see is True:
        return Judgement(Cause.ACCESS_CHANGED, is_certain=True)
    if trial_is_over(signs) or signs.others_see is False:
        return Judgement(Cause.TRIAL_ENDED, is_certain=False)
    return Judgement(Cause.ACCESS_CHANGED, is_certain=False)


def trial_ends_at(signs: Signs) -> datetime | None:
    """When the organisation's time is up, as far as its last known class tells."""
    life = LIVES.get(signs.organisation_class)
    return signs.organisation_created_at + life if life and signs.organisation_created_at else None


def trial_is_over(signs: Signs) -> bool:
    ends_at = trial_ends_at(signs)
    return ends_at is not None and ends_at <= signs.at


def worked_after_trial(signs: Signs) -> bool:
    """Xero still answered for it after its time was up (a trial can be extended): not the cause then."""
    ends_at = trial_ends_at(signs)
    return ends_at is not None and signs.class_seen_at is not None and signs.class_seen_at > ends_at

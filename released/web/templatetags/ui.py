"""The few words every template uses: icons, states, money and dates."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from released.web import words

register = template.Library()

TONE_OF_MESSAGE = {"success": "connected", "info": "syncing", "warning": "unavailable", "error": "revoked"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One symbol of partials/_icons.html; decoration unless it has a label."""
    hidden = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" width="16" height="16" {}><use href="#i-{}"/></svg>', _safe(hidden), name
    )


@register.simple_tag
def state(tone: str, word: str, icon_name: str = "", *, pill: bool = False, testid: str = "") -> SafeString:
    """A state: a colour, a shape and a word, always all three."""
    return format_html(
        '<span class="state{} {}"{}>{} {}</span>',
        " pill" if pill else "",
        tone,
        format_html(' data-testid="{}"', testid) if testid else "",
        icon(icon_name or tone),
        word,
    )


@register.simple_tag
def money(amount: Decimal | None, currency: str = "GBP", locale: str = "en-GB") -> str:
    return "" if amount is None else words.money_text(amount, currency, locale)


@register.filter
def number(value: int | None) -> str:
    return "" if value is None else words.number_text(value)


@register.filter
def count(value: int, thing: str) -> str:
    """{{ 9|count:"document" }}; an irregular plural after a comma: "company,companies"."""
    one, _, many = thing.partition(",")
    return words.count_text(value, one, many)


@register.filter
def day(value: date | None, locale: str = "en-GB") -> str:
    """14 Sep 2026. An instant is taken in the active time zone."""
    return words.day_text(_as_day(value), locale) if value else ""


@register.filter
def long_day(value: date | None) -> str:
    return words.long_day_text(_as_day(value)) if value else ""


@register.filter
def month(value: date | None) -> str:
    return words.month_text(_as_day(value)) if value else ""


@register.filter
def moment(value: datetime | None, zone: str = "") -> str:
    """14 Sep 2026, 09:12 in the named zone, else in the installation's."""
    return words.moment_text(value, _zone(zone)) if value else ""


@register.filter
def clock(value: datetime | None, zone: str = "") -> str:
    return words.clock_text(value, _zone(zone)) if value else ""


@register.filter
def exact_clock(value: datetime, zone: str = "") -> str:
    """09:12:04, where the order of events matters."""
    return f"{value.astimezone(_zone(zone)):%H:%M:%S}"


@register.filter
def lasted(start: datetime, end: datetime | None) -> str:
    """2 h 28 min, between two instants."""
    return words.duration_text(end - start) if end else ""


@register.filter
def names(people: list[str]) -> str:
    """Daniel Okafor, Priya Shah and Megan Hughes."""
    return words.names_text([str(person) for person in people])


@register.filter
def tone(message_tags: str) -> str:
    """The tone of one of Django's messages."""
    return TONE_OF_MESSAGE.get(message_tags.split(" ")[-1], "off")


def _as_day(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name or timezone.get_current_timezone_name())


def _safe(text: str) -> SafeString:
    return SafeString(text)

"""Freezes what is owed besides losses, under the same guarantees: unique rows let one sender through."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from integrations.xero.steps import reach
from notifications import other_emails
from notifications.connection_notices import Notice, owed_notices, told
from notifications.emails import Email
from notifications.models import Mail, MailDocument, MailEvent
from notifications.outbox import insert
from notifications.recipients import People
from notifications.refusals import Refused, owed_refusals, ready_refusals
from released.clock import now


def freeze_others() -> list[Mail]:
    """Freeze every notice and every gathered refusal whose time has come."""
    window = timedelta(seconds=settings.NOTICE_GATHER_SECONDS)
    made = [freeze_notice(notice) for notice in owed_notices()]
    made += [freeze_refusals(group) for group in ready_refusals(owed_refusals(), at=now(), window=window)]
    return [mail for mail in made if mail is not None]


def freeze_notice(notice: Notice) -> Mail | None:
    """None when another sender was quicker."""
    email = written(notice)
    reach("notices.written")
    try:
        with transaction.atomic():
            mail = insert(notice.kind, notice.recipient, email)
            MailEvent.objects.bulk_create(
                MailEvent(mail=mail, event=one, recipient=notice.recipient, kind=notice.kind)
                for one in notice.events
            )
            reach("notices.frozen")
    except IntegrityError:
        return None
    return mail


def written(notice: Notice) -> Email:
    people = told(notice.events[0].connection, People())
    others = [person for person in people if person.pk != notice.recipient.pk]
    if notice.kind == Mail.Kind.OFTEN_LOST:
        return other_emails.often_lost(notice.events[0], notice.recipient, others)
    return other_emails.update_permissions(notice.events, notice.recipient, others)


def freeze_refusals(group: Sequence[Refused]) -> Mail | None:
    """One mail for the group; None when another sender was quicker."""
    author = group[0].author
    email = other_emails.refused(group, author)
    reach("notices.written")
    try:
        with transaction.atomic():
            mail = insert(Mail.Kind.REFUSED, author, email)
            MailDocument.objects.bulk_create(
                MailDocument(
                    mail=mail, document=one.document, revision=one.document.revision, recipient=author
                )
                for one in group
            )
            reach("notices.frozen")
    except IntegrityError:
        return None
    return mail

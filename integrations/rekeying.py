"""Every secret of this app, written anew with the newest key (`encryption`)."""

from dataclasses import dataclass, field

from django.db import models

from integrations.encryption import EncryptedTextField, Unreadable
from integrations.models import Consent, Grant
from integrations.xero.vault.rows import locking

WAIT = 30.0  # longer than a refresh holds its row

SECRET_HOLDERS: tuple[type[models.Model], ...] = (Grant, Consent)


@dataclass
class Rewritten:
    """`unreadable` names the rows that fit no key; they are left as they are."""

    rewritten: int = 0
    unreadable: list[str] = field(default_factory=list)


def rewrite_secrets() -> Rewritten:
    """One row at a time, each in a transaction of its own."""
    done = Rewritten()
    for model in SECRET_HOLDERS:
        names = secrets_of(model)
        for key in model._default_manager.order_by("pk").values_list("pk", flat=True):
            try:
                done.rewritten += _rewrite(model, key, names)
            except Unreadable:
                done.unreadable.append(f"{model._meta.verbose_name} {key}")
    return done


def secrets_of(model: type[models.Model]) -> list[str]:
    return [one.name for one in model._meta.get_fields() if isinstance(one, EncryptedTextField)]


def _rewrite(model: type[models.Model], key: object, names: list[str]) -> bool:
    with locking(WAIT):
        row = model._default_manager.select_for_update(no_key=True).filter(pk=key).first()
        if row is None:
            return False
        row.save(update_fields=names)
        return True

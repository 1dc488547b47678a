"""Is this still the installation that last worked with these rows? If not, everything stands still.

A restored or copied database holds old tokens and old knowledge: using them would rotate another
installation's tokens away, send documents a second time, and mail people about things long past. So
what the rows were written by is compared with where they are found, before anything is done with them
(docs/decisions/0008-what-an-installation-is.md):

- `SITE_URL`, which a copy for trying things out does not share;
- the database as a place: the cluster, the database in it, the table. A dump that is loaded makes new ones;
- the beats: a number that only grows, kept here and in the broker. Where the broker's is ahead, the
  database went back in time (a snapshot, a recovery to an earlier point).

A difference pauses; `manage.py adopt` takes the rows over and reconciles with Xero before anything is sent.
"""

import logging
import time
from uuid import UUID

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F

from integrations.alerts import note_for_operator
from integrations.halting import Halt, halt_of
from integrations.models import Connection, Grant, Installation, OperatorAlert
from integrations.models.installation import THE_ONE
from integrations.xero.errors import Halted
from released.clock import now

logger = logging.getLogger(__name__)
LOST_BEATS = 1  # the last one may be lost when a server dies, and nothing else with it
KNOWN_FOR = 5.0  # seconds
_known: dict[str, tuple[float, str]] = {}
WHERE = """
    SELECT CASE WHEN has_function_privilege('pg_control_system()', 'execute') THEN 'yes' ELSE '' END,
           (SELECT oid FROM pg_database WHERE datname = current_database()),
           %s::regclass::oid
"""


def look(*, at_beats: bool = True) -> Halt | None:
    """Compare, pause when something differs, and say whether anything may be done.

    The first look ever writes down what there is. Without `at_beats` the broker is not asked.
    """
    row = the_row()
    if row.paused_at is None:
        differs = what_differs(row) or (has_gone_back(row) if at_beats else "")
        if differs and is_at_stake():
            pause(differs)
            row.refresh_from_db()
        elif differs:
            row = take_over()
    return halt_of(row)


def is_at_stake() -> bool:
    """Whether there are tokens or bonds that another installation may be working with."""
    return Grant.objects.exists() or Connection.objects.filter(xero_tenant_id__isnull=False).exists()


def require_awake() -> None:
    """Before a token is used or renewed. A stop lets the vault go on; a pause does not. Raises Halted.

    One query, since every call passes here; turns and beat look at the beats too.
    """
    found = look(at_beats=False)
    if found is not None and found.is_paused:
        raise Halted("This installation is paused until `manage.py adopt`.")


def the_row() -> Installation:
    found = Installation.objects.first()
    if found is None:
        first = {"site_url": settings.SITE_URL, "database": database_here()}
        found, _ = Installation.objects.get_or_create(pk=THE_ONE, defaults=first)
    return found


def what_differs(row: Installation) -> str:
    """In one sentence for the operator; the empty text while all is as it was."""
    if row.site_url != settings.SITE_URL:
        return f"SITE_URL is {settings.SITE_URL} now; these rows last worked at {row.site_url}."
    if row.database != database_here():
        return "The database is in another place than before: it was restored, copied or upgraded."
    return ""


def has_gone_back(row: Installation) -> str:
    """As `what_differs`. The broker is read before the row, so that a beat in between raises no alarm."""
    kept = kept_beats(row.uid)
    if kept <= row.beats + LOST_BEATS:
        return ""
    beats = Installation.objects.values_list("beats", flat=True).get(pk=row.pk)
    went_back = kept > beats + LOST_BEATS
    return "The database has gone back in time: an earlier state of it was restored." if went_back else ""


def database_here() -> str:
    """As `_ask_where`; asked anew after some seconds, since every call of ours passes here."""
    name = str(connection.settings_dict["NAME"])
    asked_at, known = _known.get(name, (float("-inf"), ""))
    if time.monotonic() - asked_at > KNOWN_FOR:
        known = _ask_where()
        _known[name] = (time.monotonic(), known)
    return known


def _ask_where() -> str:
    """Cluster, database and table as PostgreSQL numbers them; the cluster only where we may ask for it."""
    with connection.cursor() as cursor:
        cursor.execute(WHERE, [Installation._meta.db_table])
        may_ask, database, table = cursor.fetchone()
        if may_ask:
            cursor.execute("SELECT system_identifier FROM pg_control_system()")
        cluster = cursor.fetchone()[0] if may_ask else ""
    return f"{cluster}:{database}:{table}"


def beat() -> None:
    """One more, here first and in the broker after it. Not while paused: the proof would be gone."""
    found = look()
    if found is not None and found.is_paused:
        return
    Installation.objects.update(beats=F("beats") + 1)
    row = the_row()
    try:
        cache.set(_key(row.uid), row.beats, timeout=None)
    except redis.RedisError as problem:
        logger.info("the beat could not be kept in the broker: %s", type(problem).__name__)


def kept_beats(uid: UUID) -> int:
    """What the broker remembers; nothing after it was emptied, which proves nothing."""
    try:
        return int(cache.get(_key(uid)) or 0)
    except redis.RedisError:
        return 0


@transaction.atomic
def pause(because: str) -> bool:
    """Stand still until `adopt`; the operator is told once. False when it is paused already."""
    the_row()
    paused = Installation.objects.filter(paused_at__isnull=True).update(
        paused_at=now(), paused_because=because[:500]
    )
    if paused:
        logger.error("this installation stands still until `manage.py adopt`: %s", because)
        note_for_operator(OperatorAlert.Kind.PAUSED, because)
    return bool(paused)


@transaction.atomic
def take_over() -> Installation:
    """These rows belong to this place from now on. For `sync.adopting`, which sees to what follows."""
    the_row()
    row = Installation.objects.select_for_update().get()
    fresh = Installation(site_url=settings.SITE_URL, database=database_here())
    row.uid, row.site_url, row.database, row.beats = fresh.uid, fresh.site_url, fresh.database, 0
    row.paused_at, row.paused_because, row.adopted_at = None, "", now()
    row.save()
    return row


def _key(uid: UUID) -> str:
    return f"installation:{uid}:beats"

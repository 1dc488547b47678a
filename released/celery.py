"""Celery's wiring. The broker is a doorbell, never a memory.

Every piece of work can be found again from the database, so no task result is kept, no
task is redelivered on purpose, and a flushed broker costs one beat interval and nothing else.
Queues: `interactive` for what a person is waiting for and for the short rounds of beat, `background` for
everything else. A worker serves its queues in the order in which they are named, and takes a task only when
it is free to begin with it; one worker for `interactive` alone is there however busy the others are.
"""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "released.settings")
app = Celery("released")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def calm_collector(**_: Any) -> None:
    """Look for garbage less often: a page of a thousand documents is many objects and no cycles.

    What was loaded by now stays, so it is never looked through again. Without this up to a third of
    a page’s time is spent on looking (docs/measurements.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


worker_process_init.connect(calm_collector, weak=False, dispatch_uid="released.calm_collector")

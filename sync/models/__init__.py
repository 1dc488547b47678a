"""What sync knows beside each document: links, leases, deliveries, places, runs, problems, conflicts."""

from sync.models.conflict import Conflict
from sync.models.delivery import Delivery, DeliveryItem
from sync.models.earlier import EarlierContactLink, EarlierLink
from sync.models.lease import Lease
from sync.models.link import ContactLink, DocumentLink
from sync.models.matching import ChartEntry, ChartReading, Match, NearContact
from sync.models.pair import LikelyPair
from sync.models.place import PullPlace, SetAside
from sync.models.problem import Problem
from sync.models.reconciliation import Reconciliation
from sync.models.run import Run
from sync.models.schedule import Schedule
from sync.models.webhook import WebhookEvent

__all__ = [
    "ChartEntry",
    "ChartReading",
    "Conflict",
    "ContactLink",
    "Delivery",
    "DeliveryItem",
    "DocumentLink",
    "EarlierContactLink",
    "EarlierLink",
    "Lease",
    "LikelyPair",
    "Match",
    "NearContact",
    "Problem",
    "PullPlace",
    "Reconciliation",
    "Run",
    "Schedule",
    "SetAside",
    "WebhookEvent",
]

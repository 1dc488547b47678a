"""The door for Xero's webhooks: 200 for what is genuine, 401 for what is not, no body, no cookie."""

import logging

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sync.webhook_health import note_genuine, note_mis_signed
from sync.webhooks import is_signed, keep, read

logger = logging.getLogger(__name__)


@csrf_exempt
@login_not_required
@require_POST
def webhooks(request: HttpRequest) -> HttpResponse:
    """Answered within Xero's five seconds: nothing is done here but to store."""
    if not is_signed(request.body, request.headers.get("x-xero-signature", "")):
        logger.warning("a webhook was not signed with our key")
        note_mis_signed()
        return HttpResponse(status=401)
    try:
        events = read(request.body)
    except msgspec.DecodeError:
        logger.warning("a signed webhook could not be read")
        return HttpResponse(status=200)
    keep(events)
    if events:
        note_genuine()
    return HttpResponse(status=200)

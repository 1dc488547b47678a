"""What load balancers and process runners ask. Nothing here needs a session."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from released.web import readiness


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nobody else, so that a database outage restarts no process."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether requests may be sent here; 503 names what is missing."""
    found = readiness.findings()
    is_ready = all(says == readiness.FINE for says in found.values())
    found["sync"] = readiness.standing_still()
    return JsonResponse({"ready": is_ready, **found}, status=200 if is_ready else 503)

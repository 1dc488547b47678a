"""Several at once: which companies to reconnect or connect, how far that is, and the next one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from integrations import access, queue
from integrations.views.doors import not_permitted
from released.accounts.access import membership_of
from released.portfolio.access import companies as reached_companies


@require_http_methods(["GET", "HEAD", "POST"])
def several(request: HttpRequest) -> HttpResponse:
    """GET shows what waits, the lost ones chosen; POST takes the choice and opens the first of them."""
    membership = membership_of(request)
    if not access.manageable_companies(membership).exists():
        return not_permitted(request, list(reached_companies(membership)[:20]))
    missed = False
    if request.method == "POST":
        chosen = queue.choose_companies(request.session, membership, request.POST.getlist("company"))
        if chosen:
            return redirect(chosen[0].page, chosen[0].company_id)
        missed = True
    turns = [turn for turn in queue.turns_of(membership).values() if turn]
    context = {
        "lost": [turn for turn in turns if turn.is_lost],
        "others": [turn for turn in turns if not turn.is_lost],
        "queue": queue.queue_of(membership, request.session),
        "chosen": request.session.get(queue.SESSION_KEY, []),
        "missed": missed,
    }
    return render(request, "integrations/several.html", context)

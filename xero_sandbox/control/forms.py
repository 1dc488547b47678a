"""From a form of the control room to the JSON of the same action: one set of actions, two doors."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from xero_sandbox.accounting.errors import Invalid
from xero_sandbox.control.api import ACTIONS
from xero_sandbox.http import world_of

NUMBERS = {
    "minute",
    "day",
    "concurrent",
    "app_minute",
    "connections",
    "latency_ms",
    "shift_seconds",
    "seconds",
}


async def press(request: web.Request) -> web.Response:
    """Do what a button says and go back to where it was pressed, with a word on what came of it."""
    _same_origin(request)
    form = {name: str(value).strip() for name, value in (await request.post()).items()}
    back, said = form.pop("back", "/sandbox/"), form.pop("said", "Done.")
    action = ACTIONS.get(request.match_info["action"])
    if action is None or not back.startswith("/sandbox/"):
        raise web.HTTPNotFound
    try:
        action(world_of(request), as_json(form))
    except Invalid as refusal:
        said = "Refused: " + " ".join(refusal.messages)
    except web.HTTPException as refusal:
        said = f"Refused: {refusal.text}"
    except (ValueError, TypeError, KeyError, ArithmeticError) as wrong:
        said = f"Refused: {wrong}"
    joint = "&" if "?" in back else "?"
    return web.Response(status=303, headers={"Location": f"{back}{joint}{urlencode({'said': said})}"})


def as_json(form: dict[str, str]) -> dict[str, Any]:
    """`set.x` goes under `set` and keeps its empty text; elsewhere empty means null."""
    found: dict[str, Any] = {}
    for name, value in form.items():
        if name.startswith("set."):
            if value or name not in ("set.total", "set.date"):
                found.setdefault("set", {})[name[4:]] = value
        else:
            found[name] = _value(name, value)
    return found


def _value(name: str, value: str) -> Any:
    if value in ("true", "false"):
        return value == "true"
    if name in NUMBERS:
        return int(value)
    return value or None


def _same_origin(request: web.Request) -> None:
    """A page elsewhere may not press the sandbox's buttons."""
    origin = request.headers.get("Origin", "")
    if origin and origin != "null" and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden

"""HTML pages. Everything a person sees here carries the striped header: this is not Xero."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).parent / "templates"
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["combine"] = lambda left, right: left | right
_HEADERS = {
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def page(template: str, context: dict[str, Any], status: int = 200) -> web.Response:
    text = _ENVIRONMENT.get_template(template).render(context)
    return web.Response(text=text, status=status, content_type="text/html", headers=_HEADERS)


async def stylesheet(request: web.Request) -> web.Response:
    text = (_FOLDER / f"{request.match_info['name']}.css").read_text()
    return web.Response(text=text, content_type="text/css")

"""The pages and the JSON of the mail catcher.

A mail's HTML is a stranger's: it is served from an address of its own under a policy that runs nothing, and
shown in a sandboxed frame, whose links open in a tab of their own.
"""

from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.mailbox.mails import Box, Mail

BOX = web.AppKey("box", Box)
HERE = Path(__file__).parent
PAGES = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
OWN_POLICY = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'"
SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"
MAIL_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {SANDBOX}"
OPEN_LINKS_APART = '<base target="_blank">'


def application(box: Box) -> web.Application:
    app = web.Application()
    app[BOX] = box
    app.add_routes(
        [
            web.get("/", index),
            web.post("/clear", clear),
            web.get(r"/mails/{number:\d+}", show),
            web.get(r"/mails/{number:\d+}/html", show_html),
            web.get("/api/mails", list_json),
            web.delete("/api/mails", delete_json),
            web.static("/static", HERE / "static"),
        ]
    )
    return app


def page(template: str, **context: object) -> web.Response:
    text = PAGES.get_template(template).render(**context)
    return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": OWN_POLICY})


def wanted(request: web.Request) -> Mail:
    mail = request.app[BOX].find(int(request.match_info["number"]))
    if mail is None:
        raise web.HTTPNotFound(text="This mail is not here (any more).")
    return mail


async def index(request: web.Request) -> web.Response:
    return page("index.html", mails=list(reversed(request.app[BOX].mails)))


async def show(request: web.Request) -> web.Response:
    return page("mail.html", mail=wanted(request))


async def show_html(request: web.Request) -> web.Response:
    text = OPEN_LINKS_APART + wanted(request).html
    return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": MAIL_POLICY})


async def clear(request: web.Request) -> web.Response:
    request.app[BOX].mails.clear()
    raise web.HTTPSeeOther("/")


async def list_json(request: web.Request) -> web.Response:
    return web.json_response([mail.as_json() for mail in request.app[BOX].mails])


async def delete_json(request: web.Request) -> web.Response:
    request.app[BOX].mails.clear()
    return web.Response(status=204)

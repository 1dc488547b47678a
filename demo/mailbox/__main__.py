"""`python -m demo.mailbox --smtp 8025 --http 8026`: runs until it is told to stop."""

import argparse
import asyncio
import logging
import signal

from aiohttp import web

from demo.mailbox import smtp
from demo.mailbox.mails import Box
from demo.mailbox.web import application
from demo.ports import loopback_addresses


async def serve(smtp_port: int, http_port: int) -> None:
    box, hosts = Box(), loopback_addresses()
    server = await smtp.listen(box, hosts, smtp_port)
    runner = web.AppRunner(application(box), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, list(hosts), http_port).start()  # type: ignore[arg-type]  # asyncio takes a list
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    server.close()
    await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(prog="demo.mailbox", description=__doc__)
    parser.add_argument("--smtp", type=int, default=8025)
    parser.add_argument("--http", type=int, default=8026)
    given = parser.parse_args()
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    asyncio.run(serve(given.smtp, given.http))


if __name__ == "__main__":
    main()

"""The SMTP side: everything is accepted and nothing leaves."""

import asyncio

from aiosmtpd.smtp import SMTP, Envelope, Session

from demo.mailbox.mails import Box


class Catcher:
    """aiosmtpd's handler; the method name is its contract."""

    def __init__(self, box: Box) -> None:
        self.box = box

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        mail = self.box.take(content, sender=envelope.mail_from or "", to=list(envelope.rcpt_tos))
        print(f"{', '.join(mail.to)}: {mail.subject}", flush=True)
        return "250 OK"


async def listen(box: Box, hosts: tuple[str, ...], port: int) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: SMTP(Catcher(box), enable_SMTPUTF8=True), list(hosts), port)

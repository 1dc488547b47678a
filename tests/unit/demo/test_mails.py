"""What the mail catcher makes of a mail."""

from collections import deque
from email.message import EmailMessage

from demo.mailbox.mails import Box


def content(subject: str = "Access to Xero was lost", *, html: bool = True) -> bytes:
    message = EmailMessage()
    message["Subject"], message["To"], message["Message-ID"] = (
        subject,
        "List <list@northgate.example>",
        "<7@r>",
    )
    message.set_content("Reconnect: http://localhost:8000/reconnect/\n")
    if html:
        message.add_alternative("<p>Reconnect – now</p>", subtype="html")
    return message.as_bytes()


def test_both_bodies_and_the_headers_are_kept() -> None:
    mail = Box().take(content(), sender="us@released.example", to=["connector@northgate.example"])
    assert mail.text == "Reconnect: http://localhost:8000/reconnect/\n"
    assert mail.html == "<p>Reconnect – now</p>\n"
    assert (mail.subject, mail.message_id) == ("Access to Xero was lost", "<7@r>")


def test_the_recipients_are_the_envelopes() -> None:
    mail = Box().take(content(), sender="", to=["connector@northgate.example"])
    assert mail.to == ["connector@northgate.example"]
    assert dict(mail.headers)["To"] == "List <list@northgate.example>"


def test_a_mail_without_html_has_none() -> None:
    assert Box().take(content(html=False), sender="", to=[]).html == ""


def test_a_full_box_forgets_the_oldest() -> None:
    box = Box(mails=deque(maxlen=2))
    for number in range(3):
        box.take(content(str(number), html=False), sender="", to=[])
    assert [mail.subject for mail in box.mails] == ["1", "2"]
    assert box.find(1) is None

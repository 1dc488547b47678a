"""The mail catcher as a process of its own: taken by SMTP, read by HTTP."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage

import httpx
import pytest

from demo.ports import free_port

SCRIPT = "<script>document.title = 'owned'</script>"


@pytest.fixture(scope="module")
def ports() -> Iterator[tuple[int, int]]:
    smtp, http = free_port(), free_port()
    command = [sys.executable, "-m", "demo.mailbox", "--smtp", str(smtp), "--http", str(http)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://localhost:{http}/")
        yield smtp, http
    finally:
        process.terminate()
        assert process.wait(10) == 0


@pytest.fixture
def pages(ports: tuple[int, int]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://localhost:{ports[1]}", trust_env=False) as client:
        client.delete("/api/mails")
        yield client


@pytest.fixture
def number(ports: tuple[int, int], pages: httpx.Client) -> int:
    message = EmailMessage()
    message["Subject"], message["From"], message["Message-ID"] = "Access <b>lost</b>", "us@r.example", "<1@r>"
    message["To"] = "connector@northgate.example"
    message.set_content("Reconnect: http://localhost/reconnect/")
    message.add_alternative(
        f'<p><a href="http://localhost/reconnect/">Reconnect</a></p>{SCRIPT}', subtype="html"
    )
    with smtplib.SMTP("localhost", ports[0]) as server:
        server.send_message(message)
    return int(pages.get("/api/mails").json()[0]["number"])


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            httpx.get(url, trust_env=False)
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{url} does not answer")


def test_a_mail_is_listed_as_json(pages: httpx.Client, number: int) -> None:
    (mail,) = pages.get("/api/mails").json()
    assert mail["to"] == ["connector@northgate.example"]
    assert (mail["subject"], mail["message_id"]) == ("Access <b>lost</b>", "<1@r>")
    assert "http://localhost/reconnect/" in mail["text"]
    assert mail["headers"]["From"] == "us@r.example"


def test_the_list_can_be_cleared(pages: httpx.Client, number: int) -> None:
    assert pages.delete("/api/mails").status_code == 204
    assert pages.get("/api/mails").json() == []


def test_a_mail_is_shown_without_trusting_it(pages: httpx.Client, number: int) -> None:
    page = pages.get(f"/mails/{number}")
    assert "Access &lt;b&gt;lost&lt;/b&gt;" in page.text
    assert SCRIPT not in page.text
    framed = pages.get(f"/mails/{number}/html")
    assert SCRIPT in framed.text
    assert "sandbox allow-popups" in framed.headers["Content-Security-Policy"]
    assert "allow-scripts" not in framed.headers["Content-Security-Policy"]


def test_a_mail_that_is_not_there_is_not_found(pages: httpx.Client) -> None:
    assert pages.get("/mails/999999").status_code == 404

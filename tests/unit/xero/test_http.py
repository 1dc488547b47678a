"""One request, one answer or none, in a time that nobody else decides."""

import gzip
import socket
import time
from collections.abc import Iterator

import pytest

from integrations.xero import http
from tests.unit.xero.conftest import RawServer, ok, say

HEADERS = {"Accept": "application/json"}


def get(url: str, deadline: float = 5.0) -> http.Answer:
    return http.send("GET", url, headers=HEADERS, deadline=deadline)


def refused(url: str, deadline: float = 0.5) -> tuple[http.NoAnswer, float]:
    began = time.monotonic()
    with pytest.raises(http.NoAnswer) as caught:
        http.send("POST", url, headers=HEADERS, body=b"{}", deadline=deadline)
    return caught.value, time.monotonic() - began


def test_an_answer_comes_whole(server: RawServer) -> None:
    answer = get(server.does(say(ok(b'{"a":1}', b"X-Some: yes"))))
    assert (answer.status, answer.body) == (200, b'{"a":1}')
    assert answer.headers["x-SOME"] == "yes"


def test_a_compressed_answer_is_read_and_its_size_on_the_wire_counted(server: RawServer) -> None:
    packed = gzip.compress(b"a" * 10_000)
    answer = get(server.does(say(ok(packed, b"Content-Encoding: gzip"))))
    assert answer.body == b"a" * 10_000
    assert answer.size == len(packed)


def test_a_redirect_is_an_answer_and_not_followed(server: RawServer) -> None:
    text = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    assert get(server.does(say(text))).status == 302
    assert server.accepted == 1


@pytest.mark.fact("F3")
def test_nothing_is_tried_again_or_slept_on(server: RawServer) -> None:
    text = b"HTTP/1.1 503 No\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n"
    began = time.monotonic()
    assert get(server.does(say(text), say(text))).status == 503
    assert time.monotonic() - began < 2
    assert server.accepted == 1


class TestTheDeadlineIsTotal:
    def test_dripping_headers_do_not_stretch_it(self, server: RawServer) -> None:
        problem, took = refused(server.does(server.drip(ok(b"x", b"X-Long: " + b"a" * 400))))
        assert problem.was_sent
        assert took < 1.5

    @pytest.mark.fact("F4")
    def test_a_dripping_body_does_not_stretch_it(self, server: RawServer) -> None:
        problem, took = refused(server.does(server.drip(ok(b"a" * 400), seconds=0.01)), deadline=1.0)
        assert problem.was_sent
        assert took < 2.0

    def test_silence_ends_it(self, server: RawServer) -> None:
        problem, took = refused(server.does(server.silence))
        assert problem.was_sent
        assert took < 1.5

    def test_a_handshake_that_never_ends_is_cut_before_anything_was_sent(self, server: RawServer) -> None:
        problem, took = refused(server.does(server.silence).replace("http", "https"))
        assert not problem.was_sent
        assert took < 1.5

    def test_a_connection_that_never_stands_is_given_up(self, deaf: str) -> None:
        problem, took = refused(deaf)
        assert not problem.was_sent
        assert took < 1.5

    @pytest.fixture
    def deaf(self) -> Iterator[str]:
        """Its queue of waiting connections is full, so a new one is left hanging."""
        with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
            address = listener.getsockname()
            waiting = [socket.socket() for _ in range(4)]
            for one in waiting:
                one.setblocking(False)
                one.connect_ex(address)
            yield f"http://127.0.0.1:{address[1]}"
            for one in waiting:
                one.close()


class TestWhetherItWasSent:
    def test_nobody_listens(self) -> None:
        problem, _ = refused("http://127.0.0.1:9")
        assert not problem.was_sent

    def test_no_such_name(self) -> None:
        problem, took = refused("http://no..name", deadline=5)
        assert not problem.was_sent
        assert took < 1

    def test_closed_without_a_word(self, server: RawServer) -> None:
        problem, _ = refused(server.does(say()))
        assert problem.was_sent

    def test_less_than_was_announced(self, server: RawServer) -> None:
        problem, _ = refused(server.does(say(ok(b"abcdef").replace(b"6", b"60"))))
        assert problem.was_sent

    def test_no_http_at_all(self, server: RawServer) -> None:
        problem, _ = refused(server.does(say(b"\x00\x01\x02 nonsense\r\n\r\n")))
        assert problem.was_sent

    def test_more_than_any_answer_of_xeros(self, server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(http, "LARGEST_ANSWER", 1000)
        problem, _ = refused(server.does(say(ok(b"a" * 1001))), deadline=5)
        assert problem.was_sent


class TestALine:
    def test_keeps_its_connection_for_reads(self, server: RawServer) -> None:
        url = server.does(say(ok(b"1"), ok(b"2")))
        with http.Line() as line:
            bodies = [line.send("GET", url, headers=HEADERS, body=None, deadline=5).body for _ in range(2)]
        assert bodies == [b"1", b"2"]
        assert server.accepted == 1

    def test_writes_on_a_fresh_one(self, server: RawServer) -> None:
        url = server.does(say(ok(b"1")), say(ok(b"2")))
        with http.Line() as line:
            line.send("GET", url, headers=HEADERS, body=None, deadline=5)
            line.send("PUT", url, headers=HEADERS, body=b"{}", deadline=5, fresh=True)
        assert server.accepted == 2

    def test_dials_again_when_the_other_side_hung_up(self, server: RawServer) -> None:
        url = server.does(say(ok(b"1")), say(ok(b"2")))
        with http.Line() as line:
            line.send("GET", url, headers=HEADERS, body=None, deadline=5)
            time.sleep(0.1)
            assert line.send("GET", url, headers=HEADERS, body=None, deadline=5).body == b"2"


def test_a_header_that_cannot_be_sent_is_refused_without_repeating_it() -> None:
    with pytest.raises(ValueError, match="header Authorization") as caught:
        http.send("GET", "http://127.0.0.1:9", headers={"Authorization": "Bearer se\ncret"}, deadline=1)
    assert "cret" not in str(caught.value)


def test_an_answer_never_shows_its_body() -> None:
    assert "secret" not in repr(http.Answer(200, {"Set-Cookie": "secret"}, b"secret"))

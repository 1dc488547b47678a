"""https: the certificate is checked, and the deadline holds inside the encryption too."""

import socket
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from integrations.xero import dialling, http
from tests.unit.xero.conftest import Act, RawServer, ok, say

HEADERS = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of its own for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a Xero of its own")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    place = tmp_path_factory.mktemp("tls") / "both.pem"
    pem = serialization.Encoding.PEM
    place.write_bytes(key.private_bytes(pem, *form) + made.public_bytes(pem))
    return place


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(dialling, "_tls", lambda: context)


@pytest.fixture
def encrypted(certificate: Path) -> Callable[[Act], Act]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def wrap(act: Act) -> Act:
        def inside(plain: socket.socket) -> None:
            with context.wrap_socket(plain, server_side=True) as connection:
                act(connection)

        return inside

    return wrap


Encrypted = Callable[[Act], Act]


def https(url: str) -> str:
    return url.replace("http:", "https:")


@pytest.mark.usefixtures("trusted")
def test_an_answer_comes_through_and_the_connection_is_kept(server: RawServer, encrypted: Encrypted) -> None:
    url = https(server.does(encrypted(say(ok(b"1"), ok(b"2")))))
    with http.Line() as line:
        bodies = [line.send("GET", url, headers=HEADERS, body=None, deadline=5).body for _ in range(2)]
    assert bodies == [b"1", b"2"]
    assert server.accepted == 1


@pytest.mark.usefixtures("trusted")
def test_a_dripping_body_does_not_stretch_the_deadline(server: RawServer, encrypted: Encrypted) -> None:
    url = https(server.does(encrypted(server.drip(ok(b"a" * 400), seconds=0.02))))
    began = time.monotonic()
    with pytest.raises(http.NoAnswer) as caught:
        http.send("GET", url, headers=HEADERS, deadline=1.0)
    assert caught.value.was_sent
    assert time.monotonic() - began < 2.5


def test_a_certificate_nobody_vouches_for_gets_no_request(server: RawServer, encrypted: Encrypted) -> None:
    with pytest.raises(http.NoAnswer) as caught:
        http.send("GET", https(server.does(encrypted(say(ok(b"1"))))), headers=HEADERS, deadline=5)
    assert not caught.value.was_sent

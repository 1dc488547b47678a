"""Only Xero's own signature proves who consented, whichever of its keys it signs with today."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from pytest_django import Settings

from integrations.xero import id_token, published_keys
from integrations.xero.errors import IdentityUnproven, Unavailable
from tests.unit.xero.published import Published

USER = uuid4()


@pytest.fixture
def xero(settings: Settings) -> Iterator[Published]:
    """Publishes its addresses and keys, and nothing else."""
    published_keys.forget()
    with Published() as made:
        settings.XERO_IDENTITY_URL = made.url
        yield made
    published_keys.forget()


def claims(xero: Published, **changed: Any) -> dict[str, Any]:
    now = int(time.time())
    made = {"iss": xero.url, "aud": "sandbox-client", "iat": now, "nbf": now, "exp": now + 300}
    return made | {"nonce": "n", "xero_userid": str(USER), "given_name": "Ada", "family_name": "B"} | changed


def signed(key: RSAKey | OctKey, made: dict[str, Any], algorithm: str = "RS256", kid: str = "one") -> str:
    return jwt.encode({"alg": algorithm, "kid": kid}, made, key, algorithms=[algorithm])


def test_a_good_one_names_the_person(xero: Published) -> None:
    proven = id_token.verify(signed(xero.key, claims(xero)), "n")
    assert (proven.xero_user_id, proven.name) == (USER, "Ada B")
    assert isinstance(proven.xero_user_id, UUID)


def test_the_keys_are_read_once_and_remembered(xero: Published) -> None:
    for _ in range(3):
        id_token.verify(signed(xero.key, claims(xero)), "n")
    assert xero.asked == 2  # discovery and keys


def test_a_key_that_is_new_since_then_is_looked_up(xero: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    id_token.verify(signed(xero.key, claims(xero)), "n")
    xero.change_key("two")
    monkeypatch.setattr(published_keys, "READ_AGAIN_AFTER", -1.0)
    assert id_token.verify(signed(xero.key, claims(xero), kid="two"), "n").xero_user_id == USER


def test_a_key_that_changed_under_its_old_name_is_looked_up(
    xero: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_token.verify(signed(xero.key, claims(xero)), "n")
    xero.change_key("one")
    with pytest.raises(IdentityUnproven):
        id_token.verify(signed(xero.key, claims(xero)), "n")
    monkeypatch.setattr(published_keys, "READ_AGAIN_AFTER", -1.0)
    assert id_token.verify(signed(xero.key, claims(xero)), "n").xero_user_id == USER


def test_xero_may_sign_in_its_own_name_wherever_it_is_served_from(xero: Published) -> None:
    made = claims(xero, iss="https://identity.xero.com")
    assert id_token.verify(signed(xero.key, made), "n").xero_user_id == USER


@pytest.mark.fact("A15")
def test_nothing_needs_to_be_discovered(xero: Published) -> None:
    xero.missing = "openid-configuration"
    published_keys.make_ready()
    for issuer in (xero.url, "https://identity.xero.com"):
        assert id_token.verify(signed(xero.key, claims(xero, iss=issuer)), "n").xero_user_id == USER
    with pytest.raises(IdentityUnproven):
        id_token.verify(signed(xero.key, claims(xero, iss="https://elsewhere.example")), "n")


def test_without_keys_nobody_is_sent_to_xero(xero: Published) -> None:
    xero.missing = "jwks"
    with pytest.raises(Unavailable):
        published_keys.make_ready()


def test_keys_are_read_only_from_where_xero_is(xero: Published) -> None:
    xero.keys_at = "https://elsewhere.example/keys"
    assert id_token.verify(signed(xero.key, claims(xero)), "n").xero_user_id == USER


@pytest.mark.parametrize(
    "other",
    [
        {"kty": "EC", "crv": "P-256", "kid": "two", "x": "MTEx", "y": "MTEx"},
        {"kty": "AKP", "alg": "ML-DSA-44", "kid": "two", "pub": "MTEx"},
        {"kty": "RSA", "kid": "two"},
        {"kid": "two"},
        None,
    ],
    ids=["not on its curve", "of a kind to come", "without its numbers", "of no kind", "nothing"],
)
def test_a_key_that_cant_be_used_spoils_no_other(xero: Published, other: Any) -> None:
    xero.others = [other]
    assert id_token.verify(signed(xero.key, claims(xero)), "n").xero_user_id == USER
    with pytest.raises(IdentityUnproven):
        id_token.verify(signed(RSAKey.generate_key(2048), claims(xero)), "n")


def test_a_key_without_a_name_may_be_the_one(xero: Published) -> None:
    xero.change_key("")
    assert id_token.verify(signed(xero.key, claims(xero)), "n").xero_user_id == USER


@pytest.mark.fact("A14")
def test_a_nonce_may_be_left_out_but_not_be_another(xero: Published) -> None:
    made = claims(xero)
    del made["nonce"]
    assert id_token.verify(signed(xero.key, made), "n").xero_user_id == USER
    with pytest.raises(IdentityUnproven):
        id_token.verify(signed(xero.key, made | {"nonce": ""}), "n")


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-app"},
        {"exp": 1},
        {"nbf": 99_999_999_999},
        {"nonce": "another"},
        {"xero_userid": "nobody"},
        {"iat": None},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_one_wrong_claim_proves_nothing(xero: Published, changed: dict[str, Any]) -> None:
    with pytest.raises(IdentityUnproven):
        id_token.verify(signed(xero.key, claims(xero, **changed)), "n")


def test_a_signature_of_somebody_else_proves_nothing(xero: Published) -> None:
    with pytest.raises(IdentityUnproven):
        id_token.verify(signed(RSAKey.generate_key(2048), claims(xero)), "n")


def test_a_shared_secret_is_no_signature(xero: Published) -> None:
    forged = signed(OctKey.import_key("sandbox-secret" * 4), claims(xero), "HS256")
    with pytest.raises(IdentityUnproven):
        id_token.verify(forged, "n")


@pytest.mark.fact("A15")
def test_where_clocks_may_be_moved_the_time_is_not_held_against_it(
    xero: Published, settings: Settings
) -> None:
    past = int(time.time()) - 3 * 86_400
    old = signed(xero.key, claims(xero, iat=past, nbf=past, exp=past + 300))
    with pytest.raises(IdentityUnproven):
        id_token.verify(old, "n")
    settings.DEBUG = True
    assert id_token.verify(old, "n").xero_user_id == USER

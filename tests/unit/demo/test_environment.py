"""What the demo's processes are told, and what the operator's own environment changes."""

import socket
from pathlib import Path

import pytest

from demo.environment import demo_environment, wants_mail, wants_sandbox
from demo.ports import Ports, PortTaken, choose_ports

PORTS = Ports(web=8000, xero=8200, smtp=8025, mail=8026)


def environment(run_dir: Path, given: dict[str, str] | None = None) -> dict[str, str]:
    return demo_environment(
        given or {}, run_dir=run_dir, ports=PORTS, database_url="postgres://d", redis_url="redis://r"
    )


def test_by_itself_it_points_at_the_sandbox_and_the_mail_catcher(tmp_path: Path) -> None:
    told = environment(tmp_path)
    assert (
        told["XERO_API_URL"] == told["XERO_LOGIN_URL"] == told["XERO_IDENTITY_URL"] == "http://localhost:8200"
    )
    assert told["EMAIL_URL"] == "smtp://localhost:8025"
    assert told["SITE_URL"] == "http://localhost:8000"


def test_keys_survive_a_restart_and_nobody_else_reads_them(tmp_path: Path) -> None:
    first, second = environment(tmp_path), environment(tmp_path)
    assert first["TOKEN_ENCRYPTION_KEYS"] == second["TOKEN_ENCRYPTION_KEYS"]
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def test_the_operators_own_values_win(tmp_path: Path) -> None:
    told = environment(tmp_path, {"SECRET_KEY": "theirs", "XERO_CLIENT_ID": "theirs", "DEBUG": ""})
    assert (told["SECRET_KEY"], told["XERO_CLIENT_ID"], told["DEBUG"]) == ("theirs", "theirs", "1")


@pytest.mark.parametrize("name", ["XERO_LOGIN_URL", "XERO_IDENTITY_URL", "XERO_API_URL"])
def test_another_xero_replaces_the_sandbox_altogether(tmp_path: Path, name: str) -> None:
    given = {name: "https://xero.example"}
    told = environment(tmp_path, given)
    assert not wants_sandbox(given)
    assert {key for key in told if key.startswith("XERO_") and key.endswith("_URL")} == {name}
    assert "DEMO_XERO_URL" not in told


def test_a_mail_server_replaces_the_mail_catcher(tmp_path: Path) -> None:
    given = {"EMAIL_URL": "smtp://mail.example"}
    assert not wants_mail(given)
    assert "DEMO_MAIL_URL" not in environment(tmp_path, given)


def test_a_port_in_use_is_named_with_the_variable_that_moves_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} is in use. Set PORT "):
            choose_ports({"PORT": str(port)}, move=False, needed=["web"])


def test_a_tour_moves_on_to_a_free_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert choose_ports({"PORT": str(port)}, move=True, needed=["web"]).web != port


def test_a_port_that_is_not_needed_may_be_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        given = {"XERO_SANDBOX_PORT": str(port)}
        assert choose_ports(given, move=False, needed=[]).xero == port

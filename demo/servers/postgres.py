"""PostgreSQL on a loopback port: lasting and durable for the demo, thrown away and unsynced for the tests."""

import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from demo.ports import free_port
from demo.servers.owner import Owner, unprivileged
from demo.servers.places import postgres_programs, throwaway
from demo.servers.process import Server, ServerDidNotStart, running, tail

DATABASE = "released"
# A crash of the machine would lose the database: fine for a test run, never for what a person typed.
UNSYNCED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Cluster:
    """One initialised database cluster and what it takes to start it."""

    programs: Path
    data: Path
    log: Path
    owner: Owner
    password: str

    def url(self, port: int, database: str) -> str:
        return f"postgres://postgres:{self.password}@127.0.0.1:{port}/{database}"


@contextmanager
def postgres(
    data_dir: Path | None = None, *, durable: bool, programs: Path | None = None, port: int | None = None
) -> Iterator[str]:
    """Yield the URL of an empty (or kept) database. Raises ServerDidNotStart with the server's last words.

    `programs` names another PostgreSQL's bin folder, for a run on the one that the system packages;
    `port` the one it had before it was restarted.
    """
    owner = unprivileged()
    with ExitStack() as stack:
        spare = stack.enter_context(throwaway("released-pg-"))
        data = data_dir or spare / "data"
        folder = programs or postgres_programs(owner, spare)
        cluster = Cluster(folder, data, data.with_name("postgres.log"), owner, _password(data))
        if not (data / "PG_VERSION").exists():
            _initialise(cluster, spare)
        _require_same_version(cluster)
        settings = () if durable else UNSYNCED
        yield stack.enter_context(_serving(cluster, settings=settings, port=port or free_port()))


@contextmanager
def _serving(cluster: Cluster, *, settings: tuple[str, ...], port: int) -> Iterator[str]:
    argv = [str(cluster.programs / "postgres"), "-D", str(cluster.data), "-h", "127.0.0.1", "-p", str(port)]
    for setting in ("unix_socket_directories=", "max_connections=200", *settings):
        argv += ["-c", setting]
    server = Server(argv=argv, log=cluster.log, stop_with=signal.SIGINT, owner=cluster.owner)
    with running(server, answers=lambda: _answers(cluster.url(port, "postgres"))):
        _create_database(cluster.url(port, "postgres"))
        yield cluster.url(port, DATABASE)


def _initialise(cluster: Cluster, spare: Path) -> None:
    """Made beside its final place and moved there when whole: an interruption leaves nothing half-made."""
    fresh = cluster.data.with_name(cluster.data.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    password = spare / "password"
    password.touch(mode=0o600)
    password.write_text(cluster.password)
    for path in (fresh, password):
        cluster.owner.take(path)
    argv = [str(cluster.programs / "initdb"), "-D", str(fresh), "-U", "postgres", f"--pwfile={password}"]
    argv += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"]
    with cluster.log.open("ab") as log:
        done = subprocess.run(
            argv, stdout=log, stderr=subprocess.STDOUT, cwd="/", check=False, **cluster.owner.popen()
        )
    if done.returncode:
        raise ServerDidNotStart(f"initdb failed.\n{tail(cluster.log)}")
    fresh.rename(cluster.data)


def _require_same_version(cluster: Cluster) -> None:
    kept = (cluster.data / "PG_VERSION").read_text().strip()
    said = subprocess.run(
        [cluster.programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()
    if not any(word.split(".")[0] == kept for word in said):
        raise ServerDidNotStart(
            f"{cluster.data} was made by PostgreSQL {kept}, and this is {' '.join(said)}. "
            "`bin/demo --fresh` starts over with an empty database."
        )


def _password(data: Path) -> str:
    """The cluster's password, kept beside a lasting cluster, readable by us alone."""
    kept = data.with_name("postgres.password")
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(24))
    return kept.read_text()


def _answers(url: str) -> bool:
    try:
        psycopg2.connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


def _create_database(url: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        connection.close()

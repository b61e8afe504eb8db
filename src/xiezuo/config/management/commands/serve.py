"""`xiezuo serve`: the web server and one background worker, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from xiezuo.config import installation
from xiezuo.config.start_up import refuse_unsafe_start
from xiezuo.config.tasks import ask_for_missed_round
from xiezuo.shared.errors import Refused

START_LIMIT = 60.0
"""Seconds within which the server must answer."""
STOP_LIMIT = 30.0
"""Seconds that a process is given to end by itself."""


class Command(BaseCommand):
    """Serve the installation; on Ctrl-C or SIGTERM end both processes and shut the database down cleanly."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and which names to answer to."""
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="ADDRESS:PORT")
        parser.add_argument("--host", action="append", default=[], help="a further host name to answer to")

    def handle(self, *_arguments: Any, bind: str, host: list[str], **_options: Any) -> None:
        """Start, wait, stop."""
        address = _parse(bind)
        _refuse_if_taken(address, bind)
        _refuse_if_unsafe()
        # Python leaves Ctrl-C alone where a shell started it in the background; both must end it in order.
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, _interrupt)
        ask_for_missed_round()
        processes = _start(bind, host)
        try:
            _wait_until_answering(address, processes)
            self.stdout.write(_("Xiezuo is at http://%(bind)s — Ctrl-C ends it.") % {"bind": bind})
            self.stdout.flush()
            _wait_for_any(processes)
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            _stop(processes)


def _parse(bind: str) -> tuple[str, int]:
    host, separator, port = bind.rpartition(":")
    if not separator or not port.isdigit() or int(port) > 65535:
        raise CommandError(
            _("--bind: found “%(bind)s”, expected ADDRESS:PORT") % {"bind": bind}, returncode=2
        )
    return host.strip("[]"), int(port)


def _refuse_if_taken(address: tuple[str, int], bind: str) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise CommandError(
                _("%(bind)s cannot be used (%(why)s); choose another with --bind")
                % {"bind": bind, "why": error.strerror}
            ) from error


def _refuse_if_unsafe() -> None:
    try:
        refuse_unsafe_start()
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal


def _start(bind: str, hosts: list[str]) -> list[subprocess.Popen[bytes]]:
    environment = dict(os.environ)
    environment["XIEZUO_HOSTS"] = ",".join(
        [environment.get("XIEZUO_HOSTS", "127.0.0.1,localhost,[::1]"), *hosts]
    )
    web = [
        sys.executable, "-m", "gunicorn", "xiezuo.config.wsgi", "--bind", bind, "--worker-class", "gthread",
        "--workers", "2", "--threads", "4", "--graceful-timeout", "20", "--timeout", "120", "--log-level", "warning",
        "--preload",  # The product is read once and not by each worker, which saves a third of the start and memory.
    ]  # fmt: skip
    worker = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1"]
    # Groups of their own: Ctrl-C in the terminal reaches this process alone, which then ends them in order.
    return [subprocess.Popen(command, env=environment, start_new_session=True) for command in (web, worker)]  # noqa: S603


def _wait_until_answering(address: tuple[str, int], processes: list[subprocess.Popen[bytes]]) -> None:
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        if any(process.poll() is not None for process in processes):
            raise CommandError(_("the server ended while it was starting; its words are above"))
        try:
            socket.create_connection(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise CommandError(_("the server did not answer within %(seconds)d seconds") % {"seconds": START_LIMIT})


def _wait_for_any(processes: list[subprocess.Popen[bytes]]) -> None:
    while all(process.poll() is None for process in processes):
        time.sleep(0.3)
    raise CommandError(_("a process of the server ended unasked; its words are above"))


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
    server = installation.this().embedded
    if server is not None:
        server.stop()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt

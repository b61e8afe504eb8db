"""Servers of the measurements' own, started as `xiezuo serve` starts its own, and what a client sees of them."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.homes import environment
from bench.lines import NotMeasured

CONNECTIONS = 8
WARMING = 5
"""Most times that a server is asked before it is measured."""


@dataclass(frozen=True)
class Seen:
    """What one run of the client saw: answers a second, seconds of the middle and of the slowest answers."""

    rate: float
    p50: float
    p99: float
    answers: int
    failed: int


@contextmanager
def server(home: Path, settings: str) -> Iterator[int]:
    """A gunicorn of two processes with four threads each; its port."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "xiezuo.config.wsgi", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "120", "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=environment(home, DJANGO_SETTINGS_MODULE=settings))
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def warm(port: int, cookie: str, paths: Sequence[str]) -> None:
    """Ask until both processes have loaded the product and drawn these pages."""
    for _ in range(WARMING):
        if ask(port, cookie, paths, 1.5).answers > 4 * CONNECTIONS:
            return


def ask(port: int, cookie: str, paths: Sequence[str], seconds: float, connections: int = CONNECTIONS) -> Seen:
    """Let the client ask for `paths`, in a process of its own. Raises `NotMeasured` for an answer that is no page."""
    words = [str(port), cookie, str(seconds), str(connections), *paths]
    done = subprocess.run([sys.executable, "-m", "bench.client", *words], check=True, stdout=subprocess.PIPE)
    seen = Seen(**json.loads(done.stdout))
    if seen.failed:
        raise NotMeasured(f"{seen.failed} of {seen.answers} answers to {paths[0]} were no page")
    return seen


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotMeasured("the server did not start")

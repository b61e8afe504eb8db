"""A small load generator: some connections kept open in one thread, each asking again as soon as it is answered.

`python -m bench.client PORT COOKIE SECONDS CONNECTIONS PATH…` prints rate, p50, p99, answers and failures as JSON.
"""

import json
import selectors
import socket
import statistics
import sys
import time
from collections.abc import Sequence
from itertools import cycle
from typing import Any


class Caller:
    """One connection."""

    def __init__(self, port: int, asked: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.ask(asked)

    def ask(self, asked: bytes) -> None:
        """Send one request."""
        self.got, self.whole = b"", 0
        self.started = time.perf_counter()
        self.socket.sendall(asked)

    def answered(self) -> bool:
        """Take what has come; whether the answer is whole. Raises `ConnectionError` when the server hung up."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionError
        self.got += piece
        if not self.whole:
            self.whole = _length(self.got)
        return 0 < self.whole <= len(self.got)


def _length(got: bytes) -> int:
    """Bytes of the whole answer; 0 while its head is not there."""
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return 0
    name = b"content-length:"
    head = got[:end].lower()
    place = head.index(name) + len(name)
    return end + 4 + int(head[place:].split(b"\r\n", 1)[0])


def run(port: int, cookie: str, seconds: float, connections: int, paths: Sequence[str]) -> dict[str, Any]:
    """Ask for `paths` in turn until the time is over."""
    requests = cycle(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nAccept-Language: zh-CN\r\n\r\n".encode()
        for path in paths
    )
    times: list[float] = []
    failed = 0
    with selectors.DefaultSelector() as ready:
        for _ in range(connections):
            caller = Caller(port, next(requests))
            ready.register(caller.socket, selectors.EVENT_READ, caller)
        began = time.perf_counter()
        while (now := time.perf_counter()) < began + seconds:
            for key, _events in ready.select(timeout=1):
                if key.data.answered():
                    times.append(time.perf_counter() - key.data.started)
                    failed += not key.data.got.startswith(b"HTTP/1.1 200")
                    key.data.ask(next(requests))
    return _told(times, failed, now - began)


def _told(times: list[float], failed: int, seconds: float) -> dict[str, Any]:
    points = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return {
        "rate": len(times) / seconds,
        "p50": points[49],
        "p99": points[98],
        "answers": len(times),
        "failed": failed,
    }


if __name__ == "__main__":
    port, cookie, seconds, connections, *paths = sys.argv[1:]
    print(json.dumps(run(int(port), cookie, float(seconds), int(connections), paths)))

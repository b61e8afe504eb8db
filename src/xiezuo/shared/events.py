"""What a lower app tells a higher one: published inside the transaction, handled at once, wired in `config/wiring.py`."""

from collections.abc import Callable


class Event:
    """Something that happened. Handlers run in the publisher's transaction, so that they succeed or fail with it."""

    def __init__(self, meaning: str) -> None:
        self.meaning = meaning
        self._handlers: list[Callable[..., None]] = []

    def handled_by(self, handler: Callable[..., None]) -> None:
        """Call `handler` with the particulars of each happening; naming it twice counts once."""
        if handler not in self._handlers:
            self._handlers.append(handler)

    def publish(self, **particulars: object) -> None:
        """Tell every handler."""
        for handler in self._handlers:
            handler(**particulars)

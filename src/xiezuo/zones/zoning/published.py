"""The door for instances from outside: read, then answered. Loads no solver before something is asked."""

from typing import Any

from xiezuo.zones.zoning.instance import (
    BadInstance,
    Blamed,
    Document,
    Expected,
    Fault,
    Instance,
    NoAnswer,
    read,
)

__all__ = [
    "BadInstance",
    "Blamed",
    "Document",
    "Expected",
    "Fault",
    "Instance",
    "NoAnswer",
    "propose_for",
    "read",
]


def propose_for(instance: Instance, *, seconds: float, seed: int) -> dict[str, Any]:
    """The document of `xiezuo zones propose --instance`. Raises `NoAnswer` with the rules in conflict."""
    from xiezuo.zones.zoning.answering import answer  # noqa: PLC0415 - a wrong instance needs no solver to be refused

    return answer(instance, seconds=seconds, seed=seed).document(instance)

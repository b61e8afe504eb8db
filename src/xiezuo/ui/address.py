"""Links back to the page that is open, with some of its parameters changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest

Params = Mapping[str, list[str]]


@dataclass(frozen=True)
class Address:
    """A path and its query parameters; every change gives a new address."""

    path: str
    params: Params = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest) -> "Address":
        """The address that `request` asked for."""
        return cls(request.path, {key: request.GET.getlist(key) for key in request.GET})

    def get(self, key: str) -> str:
        """The last value of `key`, trimmed; empty when it is not there."""
        values = self.params.get(key) or [""]
        return values[-1].strip()

    def all(self, key: str) -> list[str]:
        """Every value of `key` that is not empty."""
        return [value for value in self.params.get(key, []) if value]

    def put(self, **changes: str | list[str] | None) -> "Address":
        """This address with `changes`; None or an empty value takes a parameter away.

        Keys that are no Python names (`f.kind`) are given through `**{"f.kind": …}`.
        """
        params = {key: list(values) for key, values in self.params.items()}
        for key, value in changes.items():
            params[key] = [value] if isinstance(value, str) else list(value or [])
        return Address(
            self.path,
            {key: kept for key, values in params.items() if (kept := _filled(values))},
        )

    def only(self, *prefixes: str) -> "Address":
        """This address with the parameters whose names start with one of `prefixes`."""
        return Address(self.path, {k: v for k, v in self.params.items() if k.startswith(prefixes)})

    def pairs(self, *, leaving_out: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        """Name and value of each parameter, for the hidden fields of a GET form."""
        return [(k, v) for k, values in self.params.items() if k not in leaving_out for v in values]

    def __str__(self) -> str:
        query = urlencode(self.params, doseq=True)
        return f"{self.path}?{query}" if query else self.path


def _filled(values: list[str]) -> list[str]:
    return [value for value in values if value != ""]

"""A county's question: on what ground zones are to be drawn, by which rules, and what each term costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xiezuo.zones.zoning.ground import Division, Ground
from xiezuo.zones.zoning.rules import Rule, Used
from xiezuo.zones.zoning.terms import Prices, Terms, terms

NUMBER_OF_ZONES = "number of zones"
"""The name of the rule that comes with `Ground.pick`."""


@dataclass(frozen=True)
class Question:
    """Zones to be drawn. Raises ValueError if a rule has another's name or speaks of what is not on the ground."""

    ground: Ground
    rules: tuple[Rule, ...] = ()
    prices: Prices = field(default_factory=Prices)

    def __post_init__(self) -> None:
        names = [rule.name for rule in self.every_rule]
        if len(set(names)) < len(names):
            raise ValueError(f"each rule needs a name of its own, found {sorted(names)}")
        known = {each.code for each in self.ground.places} | {each.code for each in self.ground.zones}
        for rule in self.rules:
            strange = sorted(set(_codes(rule)) - known)
            if strange:
                raise ValueError(
                    f"rule {rule.name} speaks of {strange[0]}, which is neither a place nor a zone here"
                )

    @property
    def every_rule(self) -> tuple[Rule, ...]:
        """The county's rules and the one that follows from the ground."""
        own = () if self.ground.pick is None else (Used(NUMBER_OF_ZONES),)
        return (*own, *self.rules)

    def terms(self, division: Division) -> Terms:
        """What a division costs."""
        return terms(self.ground, self.prices, division)

    def breaches(self, division: Division) -> dict[str, tuple[str, ...]]:
        """The rules that a division breaks, by name, with the places or zones that break them.

        Raises ValueError unless it gives each place one zone of the ground.
        """
        zones = {each.code for each in self.ground.zones}
        if set(division) != {each.code for each in self.ground.places} or set(division.values()) - zones:
            raise ValueError("a division gives each place of the ground, and no other, one of its zones")
        found = {rule.name: rule.breaches(self.ground, division) for rule in self.every_rule}
        return {name: places for name, places in found.items() if places}


def _codes(rule: Rule) -> Iterator[str]:
    """The codes that a rule names, wherever it names them."""
    for attribute in ("place", "zone", "one", "other"):
        if isinstance(code := getattr(rule, attribute, None), str):
            yield code
    for attribute in ("places", "among"):
        yield from getattr(rule, attribute, ())
    for pair in getattr(rule, "neighbours", ()):
        yield from pair


def freeze(division: Mapping[str, str]) -> dict[str, str]:
    """A division in the order of its places, so that equal ones look equal."""
    return dict(sorted(division.items()))

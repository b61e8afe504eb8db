"""The model of giving places to centres that are all fixed: arcs as choices, places and rooms as rows."""

import numpy as np

from xiezuo.shared.mip import Model
from xiezuo.zones.zoning.problem import Giving, Places
from xiezuo.zones.zoning.shutting import groups_apart


def open_arcs(asked: Giving) -> tuple[Places, Places]:
    """Places and centres of the arcs that are open, and on which a place alone fits its centre."""
    places, centres = np.nonzero(asked.open)
    return places.astype(np.int64), centres.astype(np.int64)


def giving_model(asked: Giving, places: Places, centres: Places) -> Model:
    """The model over these arcs; its rows are the places, then the centres, then who stays apart."""
    model = Model()
    of_place: list[dict[int, float]] = [{} for _place in asked.load]
    of_centre: list[dict[int, float]] = [{} for _centre in asked.room]
    costs, loads = asked.cost[places, centres].tolist(), asked.load[places, centres].tolist()
    for place, centre, cost, load in zip(places.tolist(), centres.tolist(), costs, loads, strict=True):
        arc = model.choice(cost)
        of_place[place][arc] = 1.0
        of_centre[centre][arc] = load
    for terms in of_place:
        model.row(terms, least=1, most=1)
    for centre, terms in enumerate(of_centre):
        model.row(terms, most=min(float(asked.room[centre]), sum(terms.values())))
    _keep_apart(model, asked, places, centres)
    return model


def _keep_apart(model: Model, asked: Giving, places: Places, centres: Places) -> None:
    """At most one of a group of places that all stay apart, with each centre."""
    if not asked.apart:
        return
    arc_of = {arc: at for at, arc in enumerate(zip(places.tolist(), centres.tolist(), strict=True))}
    for group in groups_apart(asked.apart):
        for centre in range(len(asked.room)):
            together = {arc_of[place, centre]: 1.0 for place in group if (place, centre) in arc_of}
            if len(together) > 1:
                model.row(together, most=1)


def part_of(asked: Giving, places: Places, centres: Places) -> Giving:
    """The question of these places and centres alone."""
    at = {int(place): index for index, place in enumerate(places)}
    apart = tuple((at[one], at[other]) for one, other in asked.apart if one in at and other in at)
    cut = np.ix_(places, centres)
    allowed = None if asked.allowed is None else asked.allowed[cut]
    return Giving(asked.cost[cut], asked.load[cut], asked.room[centres], allowed, apart)

"""Figures and balances of the zones: what the ledger says, who stands inside and outside, plans, joinings, meetings."""

from xiezuo.figures.api import register, register_balances
from xiezuo.zones.figures import ledger, matters, members


def register_figures() -> None:
    """Called once, when the app is ready."""
    register(*ledger.FIGURES, *members.FIGURES, *matters.FIGURES)
    register_balances(*ledger.BALANCES, *members.BALANCES)

"""What the collaboration came to: its figures, and the page that compares periods."""

from xiezuo.collaboration.figures import help_given, loans, matters, recusals
from xiezuo.figures.api import register, register_balances

PARTS = (matters, recusals, help_given, loans)


def register_figures() -> None:
    """Called once, when the app is ready."""
    for part in PARTS:
        register(*part.FIGURES)
        register_balances(*part.BALANCES)

"""How the inner loops are compiled, and where the compiled code is kept."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a loop over numbers when it is first called, and keep the code for the next process.

    numba keeps it in the folder that NUMBA_CACHE_DIR names, else beside the source, else in the user's own cache. Where
    none of these can be written, as in a read-only container, the code is compiled in each process anew.
    """
    try:
        return _typed(njit(function, cache=True))
    except RuntimeError:
        return _typed(njit(function))


def _typed(compiled_function: Any) -> Any:
    """Numba's own types do not say that the parameters stay the same."""
    return compiled_function

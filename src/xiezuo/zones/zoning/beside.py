"""A model solved by HiGHS on the other processor while the search goes on here.

HiGHS alone, from nothing, finds in some questions in ten seconds what no search of ours does; in others it does not.
"""

import threading
import time

import highspy
import numpy as np

from xiezuo.shared.mip import Model, built
from xiezuo.zones.zoning.problem import Numbers

WAIT = 0.3
"""So many seconds a thread that was told to stop is waited for; it ends by itself in any case."""


class Beside:
    """The best values found so far, the bound, and whether nothing is left to be found."""

    def __init__(self, model: Model, seconds: float) -> None:
        self.values: Numbers | None = None
        self.cost, self.bound, self.done = np.inf, -np.inf, False
        self._stop, self._until = threading.Event(), time.perf_counter() + seconds
        self._highs = built(model, relaxed=False)
        self._highs.setOptionValue("time_limit", max(0.05, seconds))
        self._highs.setOptionValue("mip_rel_gap", 0.0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self._highs.cbMipImprovingSolution.subscribe(self._better)
        self._highs.cbMipInterrupt.subscribe(lambda event: event.interrupt() if self._ended() else None)
        self._highs.run()
        if not self._stop.is_set():
            self.bound = max(self.bound, float(self._highs.getInfo().mip_dual_bound))
            self.done = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal

    def _better(self, event: highspy.HighsCallbackEvent) -> None:
        self.values = np.array(event.data_out.mip_solution)
        self.cost = float(event.data_out.objective_function_value)

    def _ended(self) -> bool:
        return self._stop.is_set() or time.perf_counter() >= self._until

    def wait(self, seconds: float) -> None:
        """Wait until it is done, or the time is over."""
        self._thread.join(max(0.0, seconds))

    def stop(self) -> None:
        """Tell it to end."""
        self._stop.set()
        self._thread.join(WAIT)

"""Planted mistakes of counting: which steps a monitor watches, and what is counted of which futures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from estimative.engine import slow
from estimative.engine.request import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from numpy.typing import NDArray

    from estimative.engine.request import Monitor
    from estimative.engine.slow_moves import Truth
    from support.planted import Mistake
    from support.random_models import Trial


def _change_monitors(trial: Trial, change: Callable[[Monitor], Monitor]) -> Trial:
    monitors = tuple(map(change, trial.request.monitors))
    return replace(trial, request=replace(trial.request, monitors=monitors))


def shifted(watch: Watch, first: int, last: int) -> Mistake:
    """Monitors of one kind watch from so many steps later, and until so many steps later."""

    def plant(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
        def other(monitor: Monitor) -> Monitor:
            if monitor.watch is not watch:
                return monitor
            return replace(monitor, first=monitor.first + first, last=monitor.last + last)

        return _change_monitors(trial, other)

    plant.__name__ = f"watches_{watch.value}_from_{first:+}_to_{last:+}"
    return plant


def ignores_rivals(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    return _change_monitors(trial, lambda monitor: replace(monitor, rival=None))


def lets_a_rival_of_the_same_step_pass(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    before = slow.before

    def lenient(held: Truth, rival: Truth) -> Truth:
        return before(held, np.concatenate([rival[:1] & False, rival[:-1]]))

    patch.setattr(slow, "before", lenient)
    return trial


def forgets_rivals_of_earlier_steps(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    patch.setattr(slow, "before", lambda held, rival: held & ~rival)
    return trial


def ignores_what_is_given(_: pytest.MonkeyPatch, trial: Trial) -> Trial:
    return replace(trial, request=replace(trial.request, given=None))


def counts_levels_a_step_late(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    count_levels = slow.count_levels
    patch.setattr(
        slow,
        "count_levels",
        lambda model, states, given: count_levels(model, np.concatenate([states[:1], states[:-1]]), given),
    )
    return trial


def takes_the_last_time_for_the_first(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    count_firsts = slow.count_firsts

    def count_lasts(held: Truth, given: Truth) -> NDArray[np.int64]:
        lasts = held & (np.cumsum(held[::-1], axis=0)[::-1] == 1)
        return count_firsts(lasts, given)

    patch.setattr(slow, "count_firsts", count_lasts)
    return trial


def leaves_as_of_out_of_first_times(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    count_firsts = slow.count_firsts

    def count_later(held: Truth, given: Truth) -> NDArray[np.int64]:
        return count_firsts(np.concatenate([held[:1] & False, held[1:]]), given)

    patch.setattr(slow, "count_firsts", count_later)
    return trial


def counts_as_of_in_shares(patch: pytest.MonkeyPatch, trial: Trial) -> Trial:
    count_share = slow.count_share

    def count_more(held: Truth, given: Truth) -> NDArray[np.int64]:
        return count_share(np.concatenate([held[:1], held]), given)

    patch.setattr(slow, "count_share", count_more)
    return trial


MISTAKES: tuple[Mistake, ...] = (
    *(shifted(watch, first, last) for watch in Watch for first, last in ((1, 0), (0, -1))),
    ignores_rivals,
    lets_a_rival_of_the_same_step_pass,
    forgets_rivals_of_earlier_steps,
    ignores_what_is_given,
    counts_levels_a_step_late,
    takes_the_last_time_for_the_first,
    leaves_as_of_out_of_first_times,
    counts_as_of_in_shares,
)

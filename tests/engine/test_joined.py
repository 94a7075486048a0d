"""Requests that are joined: each gets the counts it would have got by itself."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from estimative.engine.joined import Joined
from estimative.engine.request import Request
from estimative.engine.run import run
from support.random_models import random_trial


@pytest.mark.parametrize("number", range(12))
def test_each_part_is_what_it_would_be_by_itself(number: int) -> None:
    trial = random_trial(number)
    asked = replace(trial.request, given=None)
    half = replace(asked, events=asked.events[::-1], shares=(), levels=False, firsts=asked.firsts[:1])
    requests = [half, Request(), asked, Request(monitors=asked.monitors, levels=True)]

    def counted(request: Request) -> object:
        return run(trial.model, trial.tables, request, trial.world, seed=number, futures=300)

    joined = Joined.of(requests)
    assert len(joined.whole.monitors) == len(set(asked.monitors)), "equal monitors are carried once"
    parts = joined.parts(run(trial.model, trial.tables, joined.whole, trial.world, seed=number, futures=300))
    for request, part in zip(requests, parts, strict=True):
        alone = counted(request)
        for field in fields(part):
            assert np.array_equal(getattr(part, field.name), getattr(alone, field.name)), field.name


def test_what_is_given_cannot_be_joined() -> None:
    trial = next(one for one in map(random_trial, range(100)) if one.request.given is not None)
    with pytest.raises(ValueError, match="given"):
        Joined.of([Request(), trial.request])

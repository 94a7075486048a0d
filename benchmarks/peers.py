"""The same network in other tools.

What is not installed is left out (the extra ``bench`` has them all); nothing here is needed to run
Estimative. Every peer is used as an expert would, with one thread for products of small matrices: JAX and NumPy throw one number a variable and step for
the whole noisy-or, where the engine throws one for every rule.
"""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.network import Network


IN_NUMPY, IN_JAX, IN_EMA, IN_AGRUM, IN_PGMPY = 20_000, 20_000, 20, 2_000, 500
"""Futures of one timed call of each peer; EMA runs so many experiments of 500 futures."""


@dataclass(frozen=True)
class Peer:
    """Another tool: futures of one call, the call that is timed, and the share of conditions it ends with."""

    futures: int
    run: Callable[[], object]
    share: Callable[[], float]


def peers(net: Network) -> dict[str, Peer]:
    """Peers that are installed, by name: futures of one call, and the call."""
    made: dict[str, tuple[str, Callable[[Network], Peer]]] = {
        "NumPy, vectorised": ("numpy", in_numpy),
        "JAX, scan compiled for the CPU": ("jax", in_jax),
        "EMA Workbench, vectorised NumPy model": ("ema_workbench", in_ema),
        "pyAgrum sampling": ("pyagrum", in_agrum),
        "pgmpy simulate": ("pgmpy", in_pgmpy),
    }
    return {name: make(net) for name, (package, make) in made.items() if find_spec(package)}


def in_numpy(net: Network) -> Peer:
    """Arrays of futures; the parents by a product of matrices in log space."""
    rng = np.random.default_rng(1)

    def run() -> float:
        return numpy_futures(net, 0, IN_NUMPY, rng)

    return Peer(IN_NUMPY, run, run)


def numpy_futures(net: Network, reading: int, futures: int, rng: np.random.Generator) -> float:
    """Share of conditions that hold at the end of so many futures of one reading."""
    silent = np.log1p(-net.causes[reading].T).astype(np.float32)
    stays = (1 - net.ends[reading]).astype(np.float32)
    state = np.tile(net.starts, (futures, 1))
    for _ in range(net.steps):
        becomes = 1 - np.exp(state.astype(np.float32) @ silent)
        state = rng.random(state.shape, np.float32) < np.where(state, stays, becomes)
    return float(state.mean())


def in_jax(net: Network) -> Peer:
    """A scan over steps, compiled once; every call has another key."""
    import jax  # noqa: PLC0415 -- an extra
    import jax.numpy as jnp  # noqa: PLC0415 -- an extra

    starts = jnp.tile(jnp.asarray(net.starts), (IN_JAX, 1))

    def futures(key: Any, silent: Any, stays: Any) -> Any:  # noqa: ANN401 -- arrays of JAX
        def step(state: Any, key: Any) -> tuple[Any, None]:  # noqa: ANN401 -- likewise
            becomes = 1 - jnp.exp(state.astype(jnp.float32) @ silent)
            uniform = jax.random.uniform(key, state.shape)
            return uniform < jnp.where(state, stays, becomes), None

        last, _ = jax.lax.scan(step, starts, jax.random.split(key, net.steps))
        return last.mean()

    compiled = jax.jit(futures)
    silent = jnp.asarray(np.log1p(-net.causes[0].T), jnp.float32)
    stays = jnp.asarray(1 - net.ends[0], jnp.float32)
    keys = iter(jax.random.split(jax.random.key(1), 1000))

    def run() -> float:
        return float(compiled(next(keys), silent, stays))

    return Peer(IN_JAX, run, run)


def in_ema(net: Network) -> Peer:
    """Experiments over hazards, each of 500 futures in NumPy."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It tells of its own extras.
        from ema_workbench import (  # noqa: PLC0415 -- an extra
            Model,
            RealParameter,
            ScalarOutcome,
            SequentialEvaluator,
        )

    logging.getLogger("EMA").setLevel(logging.ERROR)
    rng = np.random.default_rng(2)
    names = {
        f"c{child}_{parent}": (child, parent)
        for child, parents in enumerate(net.parents)
        for parent in parents
    }

    def simulated(**hazards: float) -> dict[str, float]:
        causes = np.zeros((1, net.variables, net.variables))
        for name, (child, parent) in names.items():
            causes[0, child, parent] = hazards[name]
        ends = np.array([[hazards[f"e{number}"] for number in range(net.variables)]])
        one = type(net)(net.steps, net.parents, net.starts, causes, ends)
        return {"share": numpy_futures(one, 0, 500, rng)}

    # Around the first reading's hazards, so close that the shares can be compared.
    values = {name: net.causes[0, child, parent] for name, (child, parent) in names.items()}
    values |= {f"e{number}": net.ends[0, number] for number in range(net.variables)}
    model = Model("network", function=simulated)
    model.uncertainties = [RealParameter(name, value, value * (1 + 1e-6)) for name, value in values.items()]
    model.outcomes = [ScalarOutcome("share")]

    def run() -> float:
        # Its progress bar goes to nowhere.
        with SequentialEvaluator(model) as evaluator, contextlib.redirect_stderr(io.StringIO()):
            _, outcomes = evaluator.perform_experiments(IN_EMA)
        return float(np.mean(outcomes["share"]))

    return Peer(IN_EMA * 500, run, run)


def chances(net: Network, child: int, reading: int = 0) -> np.ndarray:
    """Probability that a variable holds next; axes are its parents, then itself."""
    causes = len(net.parents[child])
    table = np.zeros((2,) * (causes + 1))
    for *held, on in product((False, True), repeat=causes + 1):
        place = tuple(int(one) for one in (*held, on))
        table[place] = net.next_on(reading, child, tuple(held), on=on)
    return table


def layers(net: Network) -> Iterator[tuple[int, str, list[str]]]:
    """Every variable at every step but the first, its name there, and the names of what it depends on."""
    for step in range(1, net.steps + 1):
        for child, parents in enumerate(net.parents):
            yield child, f"v{child}_{step}", [f"v{cause}_{step - 1}" for cause in (*parents, child)]


def in_agrum(net: Network) -> Peer:
    """A Bayesian network with a layer for every step; as its own documentation samples it."""
    import pyagrum as gum  # noqa: PLC0415 -- an extra

    bn = gum.BayesNet()
    for step in range(net.steps + 1):
        for child in range(net.variables):
            bn.add(gum.LabelizedVariable(f"v{child}_{step}", "", 2))
    for child, starts in enumerate(net.starts):
        bn.cpt(f"v{child}_0").fillWith([1 - float(starts), float(starts)])
    for child, name, causes in layers(net):
        for cause in causes:
            bn.addArc(cause, name)
        for held, on in np.ndenumerate(chances(net, child)):
            bn.cpt(name)[dict(zip(causes, held, strict=True))] = [1 - on, on]
    generator = gum.BNDatabaseGenerator(bn)
    last = [f"v{child}_{net.steps}" for child in range(net.variables)]

    def run() -> object:
        # The generator does not keep its network alive by itself.
        return generator.drawSamples(IN_AGRUM), bn

    def share() -> float:
        run()
        return float(generator.to_pandas()[last].to_numpy(dtype=float).mean())

    return Peer(IN_AGRUM, run, share)


def in_pgmpy(net: Network) -> Peer:
    """The same network; `simulate` gives a table of all variables."""
    from pgmpy.factors.discrete import TabularCPD  # noqa: PLC0415 -- an extra
    from pgmpy.models import DiscreteBayesianNetwork  # noqa: PLC0415 -- an extra

    logging.getLogger("pgmpy").setLevel(logging.ERROR)
    bn = DiscreteBayesianNetwork([(cause, name) for _, name, causes in layers(net) for cause in causes])
    for child, starts in enumerate(net.starts):
        bn.add_cpds(TabularCPD(f"v{child}_0", 2, [[1 - float(starts)], [float(starts)]]))
    for child, name, causes in layers(net):
        on = chances(net, child).ravel()
        bn.add_cpds(TabularCPD(name, 2, [1 - on, on], causes, [2] * len(causes)))
    last = [f"v{child}_{net.steps}" for child in range(net.variables)]

    def sampled(futures: int, seed: int | None) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sample = bn.simulate(futures, seed=seed, show_progress=False)
        return float(sample[last].to_numpy(dtype=float).mean())

    return Peer(IN_PGMPY, lambda: sampled(IN_PGMPY, None), lambda: sampled(10 * IN_PGMPY, 1))

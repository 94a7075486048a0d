"""How each kind of variable moves, written as operations; all look only at the state before the step.

Its rows after the step begin as they were before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.engine import operations as op
from estimative.model.guards import Holds
from estimative.model.model import Effect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from estimative.engine.program_moves import Mover


def condition(mover: Mover, variable: int, rules: Sequence[int]) -> None:
    """Off goes on when a rule for it fires, on goes off likewise."""
    (after,) = mover.rows_after(variable)
    for number in rules:
        ends = mover.model.rules[number].effect is Effect.ENDS
        with mover.firing(number) as fired:
            mover.assembler.write(op.AND_NOT if ends else op.OR, after, after, fired)


def scale(mover: Mover, variable: int, rules: Sequence[int]) -> None:
    """Ups and downs together cancel; else one level up or down, or the farthest jump in that direction.

    A rise counts as an up even where there is no level above, and a fall likewise.
    """
    assembler, model = mover.assembler, mover.model
    write = assembler.write
    up, down, all_up, all_down, some = (mover.work() for _ in range(5))
    jumps = {number: mover.work() for number in rules if model.rules[number].target is not None}
    for row in (up, down, *jumps.values()):
        assembler.copy(row, op.ZEROS)
    for number in rules:
        with mover.firing(number) as fired:
            if number in jumps:
                assembler.copy(jumps[number], fired)
            elif model.rules[number].effect is Effect.RETURNS:
                returns(mover, variable, fired, up, down)
            else:
                row = up if model.rules[number].effect is Effect.RISES else down
                write(op.OR, row, row, fired)
    assembler.copy(all_up, up)
    assembler.copy(all_down, down)
    for number, row in jumps.items():
        sense = all_up if model.rules[number].effect is Effect.RISES else all_down
        write(op.OR, sense, sense, row)
    write(op.OR, some, all_up, all_down)
    with assembler.unless_empty(some):
        # Those that are not sent both ways.
        write(op.AND_NOT, some, all_up, all_down)
        write(op.AND_NOT, all_down, all_down, all_up)
        assembler.copy(all_up, some)
        write(op.AND, up, up, all_up)
        write(op.AND, down, down, all_down)
        by_one_level(mover, variable, up, down)
        jump(mover, variable, jumps, all_up, all_down)


def returns(mover: Mover, variable: int, fired: int, up: int, down: int) -> None:
    """A return is a rise below the norm and a fall above it."""
    norm = mover.model.variables[variable].norm
    if norm is None:
        return
    for row, levels in ((up, range(norm)), (down, range(norm + 1, mover.state.levels[variable]))):
        side = mover.assembler.need(mover.state.row(Holds(variable, frozenset(levels))))
        mover.assembler.write(op.ADD_BOTH, row, fired, side)


def by_one_level(mover: Mover, variable: int, up: int, down: int) -> None:
    """Move the futures in two rows by one level, as far as there are levels."""
    write = mover.assembler.write
    some = mover.work()
    write(op.OR, some, up, down)
    top = mover.state.levels[variable] - 1
    for level, after in enumerate(mover.rows_after(variable), start=1):
        write(op.AND_NOT, after, mover.state.plane(variable, level), some)
        below = mover.assembler.need(mover.state.at(variable, level - 1))
        write(op.ADD_BOTH, after, up, below)
        if level < top:
            write(op.ADD_BOTH, after, down, mover.state.plane(variable, level + 1))
        else:
            write(op.ADD_BOTH, after, up, mover.state.plane(variable, level))


def jump(mover: Mover, variable: int, jumps: dict[int, int], up: int, down: int) -> None:
    """Let the jumps that point away from a level override moves by one level, the farthest last."""
    assembler = mover.assembler
    sent = mover.work()

    def reach(number: int) -> int:
        rule = mover.model.rules[number]
        target = rule.target or 0
        return target if rule.effect is Effect.RISES else -target

    for number in sorted(jumps, key=reach):
        target = mover.model.rules[number].target or 0
        rises = mover.model.rules[number].effect is Effect.RISES
        before = range(target) if rises else range(target + 1, mover.state.levels[variable])
        origin = assembler.need(mover.state.row(Holds(variable, frozenset(before))))
        assembler.write(op.AND, sent, jumps[number], up if rises else down)
        assembler.write(op.AND, sent, sent, origin)
        for level, after in enumerate(mover.rows_after(variable), start=1):
            assembler.write(op.OR if level == target else op.AND_NOT, after, after, sent)


def lottery(mover: Mover, variable: int) -> None:
    """From level 0, while the guard holds, to a level by the first case that matches."""
    assembler, state = mover.assembler, mover.state
    write = assembler.write
    which = next(k for k, one in enumerate(mover.model.lotteries) if one.variable == variable)
    drawn = mover.model.lotteries[which]
    stream = len(mover.model.rules) + which
    levels = state.levels[variable] - 1
    waiting, here, below, above, work = (mover.work() for _ in range(5))
    unsettled = assembler.need(state.at(variable, 0))
    write(op.AND, waiting, unsettled, assembler.need(state.row(drawn.guard)))
    with assembler.unless_empty(waiting):
        write(op.DRAW_PLANES, y=stream)
        for k, case in enumerate(drawn.cases):
            matches = assembler.need(state.row(case.guard))
            write(op.AND, here, waiting, matches)
            with assembler.unless_empty(here):
                write(op.AND_NOT, waiting, waiting, here)
                assembler.copy(above, op.ZEROS)
                for level, after in enumerate(mover.rows_after(variable)):
                    limit = mover.limits[stream] + k * levels + level
                    write(op.COMPARE, below, here, limit, y=stream)
                    write(op.AND_NOT, work, below, above)
                    write(op.OR, after, after, work)
                    assembler.copy(above, below)
        if state.records:
            write(op.AND, work, unsettled, state.row(drawn.guard))
            write(op.AND_NOT, work, work, waiting)
            state.keep(state.settled(which), work)


def choice(mover: Mover, variable: int, rules: Sequence[int]) -> None:
    """Where the actor looks again, the option by the conditions that hold and the present option."""
    assembler, state = mover.assembler, mover.state
    which = next(k for k, one in enumerate(mover.model.choices) if one.variable == variable)
    count = state.levels[variable]
    conditions = mover.model.choices[which].conditions
    for number in rules:
        with mover.firing(number) as fired:
            rows = [assembler.need(state.at(variable, option)) for option in range(count)]
            named = [*(assembler.need(state.row(guard)) for guard in conditions), *rows, mover.stayed[which]]
            for name, row in enumerate(named):
                assembler.write(op.NAME, a=row, x=name)
            after = mover.rows_after(variable).start
            assembler.write(op.DECIDE, after, fired, count, x=mover.options[which], y=len(conditions))
            if state.records:
                switched(mover, variable, which, rows, fired)


def switched(mover: Mover, variable: int, which: int, rows: Sequence[int], fired: int) -> None:
    """Keep where an actor that looked again has taken another option than the present one."""
    write = mover.assembler.write
    other, kept = mover.work(), mover.work()
    after = mover.rows_after(variable)
    mover.assembler.copy(other, rows[0])
    for row in after:
        write(op.AND_NOT, other, other, row)
    for before, row in zip(rows[1:], after, strict=True):
        write(op.ADD_BOTH, other, before, row)
    # Until here `other` has those that are where they were.
    write(op.AND_NOT, kept, fired, other)
    mover.state.keep(mover.state.switched(which), kept)

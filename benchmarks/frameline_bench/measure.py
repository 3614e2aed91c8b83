"""Rows of the table: what is measured, with whom, in turns."""
import sys
from dataclasses import dataclass, field
from typing import Callable

from .counters import at_least


@dataclass
class Plan:
    """How much of everything.

    warm_up: frames before the steady state; frames: how many are measured then; minutes: how long
    the latency is looked at; seconds: how long one transform is measured.
    """

    rounds: int = 5
    warm_up: int = 2000
    frames: int = 2000
    minutes: float = 1
    seconds: float = 3

    def some(self, part):
        """A multiple of the frames, where a single one takes longer or shorter than others."""
        return max(20, round(self.frames * part))


@dataclass
class Figures:
    """What one run gave.

    value: in the row's unit; cpu: milliseconds of CPU per frame, or else what the row says of each
    process; more: further figures by name, with the unit in the name; curve: points over seconds.
    """

    value: float
    cpu: dict = field(default_factory=dict)
    more: dict = field(default_factory=dict)
    curve: list = field(default_factory=list)


@dataclass
class Row:
    """One comparison. contenders: by name, a run that gives Figures; peers' names begin with peer.

    per_process: what the figures of each process are, which Figures call cpu.
    """

    name: str
    title: str
    unit: str
    contenders: dict[str, Callable[[Plan], Figures]]
    less_is_better: bool = False
    per_process: str = "CPU, ms per frame"


def measure(row, plan):
    """All rounds of a row, the contenders in turns: Figures by contender. Says how it goes."""
    runs = {name: [] for name in row.contenders}
    for number in range(plan.rounds):
        for name, run in row.contenders.items():
            figures = run(plan)
            runs[name].append(figures)
            print(f"{row.name} {number + 1}/{plan.rounds} {name}: {figures.value:.4g} {row.unit}",
                  file=sys.stderr, flush=True)
    return runs


def steady(group, counter, plan, frames, start_frames=30):
    """Frames/s and CPU per frame in the steady state, and what it took to start."""
    curve = []

    def seen(count, moment):
        if not curve or count > curve[-1][1]:
            curve.append((round(moment - group.started, 2), count))

    started, moment = at_least(counter, min(start_frames, plan.warm_up), group, seen=seen)
    start_cpu = sum(group.cpu().values())
    start_s = moment - group.started
    begun, since = at_least(counter, plan.warm_up, group, seen=seen)
    before = group.cpu()
    ended, until = at_least(counter, begun + frames, group, seen=seen)
    after = group.cpu()
    done = ended - begun
    cpu = {}
    for name in before:
        kind = name.split("-")[0]
        cpu[kind] = cpu.get(kind, 0) + 1000 * (after[name] - before[name]) / done
    return Figures(done / (until - since), cpu,
                   {f"s to the first {start_frames} frames": start_s,
                    f"CPU s to the first {start_frames} frames": start_cpu}, curve)

"""What a mutation run found: a text for people, JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.mutation.running import State, Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """One fault that was judged."""

    room: str
    place: str
    operator: str
    diff: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """A run: its settings as words, its lines in the order of their places, the cases that fail without any fault."""

    settings: Mapping[str, Any]
    lines: Sequence[Line]
    unsound: Sequence[str] = ()

    @property
    def survivors(self) -> list[Line]:
        """The faults that nothing noticed."""
        return [line for line in self.lines if not line.verdict.is_noticed]

    @property
    def share(self) -> float:
        """The share of the faults that was noticed; 1 where there was none."""
        return 1 - len(self.survivors) / len(self.lines) if self.lines else 1.0

    def counts(self) -> dict[str, dict[str, int]]:
        """Return for each room how many faults had which fate."""
        rooms: dict[str, Counter[str]] = {}
        for line in self.lines:
            rooms.setdefault(line.room, Counter())[line.verdict.state.value] += 1
        return {room: dict(sorted(found.items())) for room, found in rooms.items()}

    def text(self) -> str:
        """Return the report for people: each survivor with its change, then the figures."""
        told = [
            f"{line.verdict.state.value} {line.place} {line.operator} {' '.join(line.verdict.by)}".rstrip()
            + f"\n{_indented(line.diff)}"
            for line in self.survivors
        ]
        told += [f"left out, for it fails without a fault: {name}" for name in self.unsound]
        for room, found in self.counts().items():
            told.append(f"{room}: " + ", ".join(f"{number} {state}" for state, number in found.items()))
        noticed = len(self.lines) - len(self.survivors)
        return "\n".join([*told, f"{noticed} of {len(self.lines)} faults were noticed ({self.share:.1%})."])

    def json(self) -> str:
        """Return the report for programs: settings, figures, and every fault with its fate."""
        faults = [
            {
                "room": line.room,
                "place": line.place,
                "operator": line.operator,
                "diff": line.diff,
                "state": line.verdict.state.value,
                "by": list(line.verdict.by),
                "seconds": line.verdict.seconds,
            }
            for line in self.lines
        ]
        body = {**self.settings, "share": self.share, "rooms": self.counts(), "unsound": list(self.unsound)}
        return json.dumps({**body, "faults": faults}, indent=1)


def both(first: Verdict, second: Verdict) -> Verdict:
    """Return what two judges say together: the one that noticed; of two that did not, that something came past it."""
    if first.is_noticed or first.state is State.SURVIVED:
        return second if second.is_noticed else first
    return second


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())

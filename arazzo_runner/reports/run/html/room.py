"""How much of each thing a page has room for: a short run is told in full, of a long one less of each part is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from arazzo_runner.reports.run.html.history import Activation
from arazzo_runner.reports.run.html.limits import (
    LEAST_CONTENT,
    MAX_ALL_TRIES,
    MAX_BODIES,
    MAX_BODY,
    MAX_CONTENT,
    MAX_CONTENTS,
    MAX_TRIES,
)


@dataclass(frozen=True, slots=True)
class Room:
    """Characters of a body, characters of a value, a condition or a reason, and tries of one step."""

    body: int = MAX_BODY
    content: int = MAX_CONTENT
    tries: int = MAX_TRIES

    @classmethod
    def of(cls, activations: Iterable[Activation]) -> Room:
        """Return what there is room for where all of these steps are told of."""
        tries = [step.tries for step in activations]
        exchanges = [exchange for each in tries for tried in each for exchange in tried.exchanges]
        bodies = [body.weight for each in exchanges for body in (each.sent, each.received) if body]
        count = sum(map(len, tries)) or 1
        return cls(
            fair_share(bodies, MAX_BODIES, MAX_BODY),
            max(LEAST_CONTENT, min(MAX_CONTENT, MAX_CONTENTS // count)),
            max(2, fair_share(map(len, tries), MAX_ALL_TRIES, MAX_TRIES)),
        )


def fair_share(sizes: Iterable[int], budget: int, most: int) -> int:
    """Return to which size each of them is cut so that all fit into a budget; `most` where that cuts none.

    Small ones leave what they do not need to the larger ones.
    """
    ordered = sorted(min(size, most) for size in sizes)
    left = budget
    for index, size in enumerate(ordered):
        share = left // (len(ordered) - index)
        if size > share:
            return share
        left -= size
    return most

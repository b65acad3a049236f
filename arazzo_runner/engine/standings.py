"""How far steps have come, by whatever names them: an id within an activation, or a key within the run."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)


class Standing(Enum):
    """What has become of a step; `UNKNOWN` is one that never began."""

    UNKNOWN = "unknown"
    BEGUN = "begun"
    FAILED = "failed"
    COMPLETED = "completed"


@dataclass(slots=True)
class Standings(Generic[Name]):
    """The standing of each step; one that has completed stays so."""

    _known: dict[Name, Standing] = field(default_factory=dict)

    def of(self, name: Name) -> Standing:
        """Return the standing of a step."""
        return self._known.get(name, Standing.UNKNOWN)

    def begin(self, name: Name) -> None:
        """Note that a step has begun."""
        self._move(name, Standing.BEGUN)

    def end(self, name: Name, *, completed: bool) -> None:
        """Note that a step has ended."""
        self._move(name, Standing.COMPLETED if completed else Standing.FAILED)

    def _move(self, name: Name, standing: Standing) -> None:
        if self.of(name) is not Standing.COMPLETED:
            self._known[name] = standing

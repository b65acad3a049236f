"""The table of planted faults: what each breaks, and which requirements must be seen to be broken.

`planted/*.yaml` has one list a room; an entry has `name`, `file` (below the package), `old` (a text that stands in the
file exactly once), `new`, and `proves` (ids of specs/conformance/requirements.yaml): for each id, a case that proves it
must fail while the fault is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from specs.conformance.harness.cases import Case
from tests.mutation.judges import Suite
from tests.mutation.planting import PACKAGE
from tests.mutation.running import State, Verdict

TABLES = Path(__file__).resolve().parent / "planted"


@dataclass(frozen=True, slots=True)
class Planted:
    """One entry: an edit with a meaning, and the requirements that it breaks."""

    room: str
    name: str
    file: str
    old: str
    new: str
    proves: tuple[str, ...]

    def applied(self, text: str) -> str:
        """Return the text of the file with the fault in it.

        Raises:
            LookupError: the old text does not stand there exactly once.
        """
        if text.count(self.old) != 1:
            raise LookupError(f"{self.room}/{self.name}: {self.file} has the old text {text.count(self.old)} times")
        return text.replace(self.old, self.new)


@cache
def load_planted(folder: Path = TABLES) -> tuple[Planted, ...]:
    """Read all tables."""
    return tuple(
        Planted(path.stem, one["name"], f"{PACKAGE}/{one['file']}", one["old"], one["new"], tuple(one["proves"]))
        for path in sorted(folder.glob("*.yaml"))
        for one in yaml.safe_load(path.read_text("utf-8"))
    )


def proving(cases: Sequence[Case], ids: Sequence[str]) -> Mapping[str, list[int]]:
    """Return the numbers of the cases that prove each requirement."""
    return {name: [number for number, case in enumerate(cases) if name in case.proves] for name in ids}


def verdict(suite: Suite, fault: Planted, text: str) -> Verdict:
    """Put a fault to the cases that prove its requirements, and that hold without it; each requirement must fail."""
    chosen = proving(suite.cases, fault.proves)
    sound = [number for number in sorted(set().union(*chosen.values())) if suite.holds(number)]
    open_ids, by = set(fault.proves), []
    for name in suite.failing(sound, fault.file, fault.applied(text)):
        broken = {id for id in open_ids if name == "import" or name in {suite.cases[at].name for at in chosen[id]}}
        open_ids -= broken
        by += [name] if broken else []
        if not open_ids:
            return Verdict(State.NOTICED, tuple(by))
    return Verdict(State.SURVIVED, tuple(sorted(open_ids)))

"""A later use that an answer can't be made to fit: said with both places, the use's and the schema's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arazzo_runner.engine.outcomes import Note
from arazzo_runner.expressions.pointer import encode
from arazzo_runner.mock.demands.later import LaterUse

LATER: Final = "use-contradicts-schema"
"""The reason of a step that fails because an earlier answer has no room in its schema for what the step uses."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A later use of `part` of an answer (the body, a header) and why its schema, at `place`, has no room for it.

    `is_lacking` tells that the run can't go on with what was invented.
    """

    use: LaterUse
    part: str
    place: str
    reason: str
    is_lacking: bool

    def note(self) -> Note:
        """Return the remark about the answer; it has a code where a step will fail for it."""
        return Note(self.told(), LATER if self.is_lacking else "")

    def told(self) -> str:
        """Return the sentence of a note."""
        pointer = encode(tuple(map(str, self.use.path)))
        what = f"{self.part}{f' at #{pointer}' if pointer else ''} of the invented answer"
        there = f"the schema at {self.place}" if self.place else "the description"
        more = f" and {len(self.use.uses) - 1} more" if len(self.use.uses) > 1 else ""
        return f"{what} does not fit {self.use.uses[0].told()}{more}: {there} contradicts it: {self.reason}"

"""`arazzo validate` of the reference workflow, as a whole process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.process import act
from benchmarks.row import Contest, Row, Size

SPECS: Final = Path(__file__).resolve().parent.parent.parent / "specs"
FLOW: Final = SPECS / "arazzo" / "microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"
API: Final = SPECS / "openapi" / "microsoft-azure-web-pubsub-openapi.yml"

_PARSING: Final = """
import sys
from pathlib import Path
from arazzo_runner.document import Profile, read
for path in map(Path, sys.argv[1:]):
    read(path.read_bytes(), path.as_uri(), path.name, Profile.SOURCE).data
"""


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    repeat = 3 if size is Size.FULL else 1
    floor = act("-c", _PARSING, str(FLOW), str(API))
    yield Contest(act("-m", "arazzo_runner", "validate", str(FLOW)), floor, repeat)


ROW: Final = Row(
    "validate-reference",
    "`arazzo validate` of the reference workflow, whole process",
    "a process that parses both files with the same loader",
    2.5,
    _open,
    "nearly half of it is the making of some 240 records at import: `dataclasses` compiles six functions for each, "
    "used or not. A decorator that compiles none before its use takes a tenth of that time, but executes text and "
    "stands on private parts of the standard library",
)

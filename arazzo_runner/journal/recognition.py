"""Which files are journals: their first line tells, whatever they are called."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_HEAD: Final = re.compile(rb'\{"is":"header","version":[0-9]+,')
_LOOKED_AT: Final = 64


def is_journal(file: str | Path) -> bool:
    """Tell whether a file is the journal of a run; of a file that can't be read, that it is none."""
    try:
        with Path(file).expanduser().open("rb") as stream:
            return _HEAD.match(stream.read(_LOOKED_AT)) is not None
    except (OSError, ValueError, RuntimeError):
        return False

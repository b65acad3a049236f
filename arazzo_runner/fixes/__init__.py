"""From what a finding wants changed to the text of the document, and nothing else of it touched.

A rule says which strings, keys and members change (`diagnostics.Fix`). `scalars` knows how such a value is written
where it stands, `plan` makes edits of the text of it, `expected` tells what the data must be afterwards, `amend`
applies the fixes that do not meet and reads the result again, `mend` repeats that until nothing is left to do.
The functions of these two have the names of their modules, so they are imported from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arazzo_runner.doors import door

if TYPE_CHECKING:
    from arazzo_runner.fixes.amend import Amended
    from arazzo_runner.fixes.mend import Mended, Reading
    from arazzo_runner.fixes.plan import planned
else:
    __getattr__ = door(
        __name__,
        {
            "Amended": "arazzo_runner.fixes.amend",
            "Mended": "arazzo_runner.fixes.mend",
            "Reading": "arazzo_runner.fixes.mend",
            "planned": "arazzo_runner.fixes.plan",
        },
    )

__all__ = ["Amended", "Mended", "Reading", "planned"]

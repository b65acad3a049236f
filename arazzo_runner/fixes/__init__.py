"""From what a finding wants changed to the text of the document, and nothing else of it touched.

A rule says which strings, keys and members change (`diagnostics.Fix`). `scalars` knows how such a value is written
where it stands, `plan` makes edits of the text of it, `expected` tells what the data must be afterwards, `amend`
applies the fixes that do not meet and reads the result again, `mend` repeats that until nothing is left to do.
"""

from arazzo_runner.fixes.amend import Amended, amend
from arazzo_runner.fixes.mend import Mended, Reading, mend
from arazzo_runner.fixes.plan import planned

__all__ = ["Amended", "Mended", "Reading", "amend", "mend", "planned"]

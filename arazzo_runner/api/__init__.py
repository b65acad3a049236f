"""The straight line, written once: the command and the users of the library both call it.

    where -> load -> Description -> prepare -> Prepared -> execute -> RunResult

Everything up to `prepare` finds faults and sends nothing to any API. A `Prepared` can be run as often as one likes,
from several threads at once: runs share nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arazzo_runner.doors import door

if TYPE_CHECKING:
    from arazzo_runner.api.beginning import begin
    from arazzo_runner.api.calling import Document, arun, prepared_of, run, stream
    from arazzo_runner.api.checking import check
    from arazzo_runner.api.loading import load
    from arazzo_runner.api.options import Options
    from arazzo_runner.api.preparing import Prepared, operations, prepare
    from arazzo_runner.api.previewing import preview
    from arazzo_runner.api.profiles import load_profile
    from arazzo_runner.api.running import EventStream, aexecute, execute
else:
    __getattr__ = door(
        __name__,
        {
            "Document": "arazzo_runner.api.calling",
            "EventStream": "arazzo_runner.api.running",
            "Options": "arazzo_runner.api.options",
            "Prepared": "arazzo_runner.api.preparing",
            "aexecute": "arazzo_runner.api.running",
            "arun": "arazzo_runner.api.calling",
            "begin": "arazzo_runner.api.beginning",
            "check": "arazzo_runner.api.checking",
            "execute": "arazzo_runner.api.running",
            "load": "arazzo_runner.api.loading",
            "load_profile": "arazzo_runner.api.profiles",
            "operations": "arazzo_runner.api.preparing",
            "prepare": "arazzo_runner.api.preparing",
            "prepared_of": "arazzo_runner.api.calling",
            "preview": "arazzo_runner.api.previewing",
            "run": "arazzo_runner.api.calling",
            "stream": "arazzo_runner.api.calling",
        },
    )

__all__ = [
    "Document",
    "EventStream",
    "Options",
    "Prepared",
    "aexecute",
    "arun",
    "begin",
    "check",
    "execute",
    "load",
    "load_profile",
    "operations",
    "prepare",
    "prepared_of",
    "preview",
    "run",
    "stream",
]

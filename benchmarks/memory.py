"""How much memory a process takes after its work, as a thing to weigh."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Final

from benchmarks.process import PROJECT, surroundings

_TELL: Final = """
import gc
import resource
import sys
from pathlib import Path
gc.collect()
status = Path("/proc/self/status")
if status.is_file():  # what it takes now
    told = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    print(int(told.split()[1]) * 1024)
else:  # the most that it took
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""

_MOST: Final = """
import os
import subprocess
import sys
process = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
assert not status, "it ended badly"
print(used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


def weight(program: str, *arguments: str) -> Callable[[], float]:
    """Return what runs a program in a process, and gives the bytes that the process takes at the end of it."""
    environ = surroundings()

    def weigh() -> float:
        done = subprocess.run(
            [sys.executable, "-c", program + _TELL, *arguments],
            cwd=PROJECT,
            env=environ,
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        return float(done.stdout.splitlines()[-1])

    return weigh


def peak(*arguments: str, environ: Mapping[str, str] | None = None) -> Callable[[], float]:
    """Return what runs this Python with arguments, and gives the most bytes that the process took.

    A small process starts it: what a process takes is never less than what its parent took when it was made.
    """

    def weigh() -> float:
        done = subprocess.run(
            [sys.executable, "-c", _MOST, *arguments],
            cwd=PROJECT,
            env=surroundings(environ),
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        return float(done.stdout)

    return weigh

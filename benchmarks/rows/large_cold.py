"""One step on an API description of 10 MB of YAML, whole process, nothing read before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import large
from benchmarks.answering import answering
from benchmarks.process import act
from benchmarks.row import Contest, Row, Size

_COMPOSING: Final = """
import gc
import sys
from pathlib import Path
import yaml
gc.disable()
assert yaml.CSafeLoader(Path(sys.argv[1]).read_bytes()).get_single_node()
"""


def command(flow: Path, url: str, *flags: str) -> tuple[str, ...]:
    """Return the arguments of Python for the run of a chain."""
    return ("-m", "arazzo_runner", "run", str(flow), "--server", url, "--no-config", "-i", "first=1", *flags)


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    with TemporaryDirectory() as folder, answering() as url:
        flow = large.write(Path(folder), 1, large.OPERATIONS if size is Size.FULL else 3, called=1)
        yield Contest(act(*command(flow, url, "--no-cache")), act("-c", _COMPOSING, str(flow.with_name("api.yml"))))


ROW: Final = Row(
    "large-cold",
    "1 step on a description of 10 MB of YAML, cold, whole process",
    "composing it with CSafeLoader, garbage collection off, whole process",
    1.5,
    _open,
    "the floor makes the tree and throws it away; the rest is the making of data of it, and the start of the command",
)


def warm(steps: int) -> Callable[[Size], AbstractContextManager[Contest]]:
    """Return what opens a contest: steps over operations of the big description, read before, and of a small one."""

    @contextmanager
    def opened(size: Size) -> Iterator[Contest]:
        full = size is Size.FULL
        with TemporaryDirectory() as big, TemporaryDirectory() as small, cached() as cache, answering() as url:
            own = large.write(Path(big), steps if full else 2, large.OPERATIONS if full else 3, called=steps)
            other = large.write(Path(small), steps if full else 2, 3)
            yield Contest(act(*command(own, url), environ=cache), act(*command(other, url), environ=cache))

    return opened


@contextmanager
def cached() -> Iterator[Mapping[str, str]]:
    """Yield the variables that name a folder for caches, which is empty at first."""
    with TemporaryDirectory() as folder:
        yield {"XDG_CACHE_HOME": folder, "LOCALAPPDATA": folder}

"""One step on an API description of 10 MB of JSON, whole process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import large
from benchmarks.answering import answering
from benchmarks.process import act
from benchmarks.row import Contest, Row, Size
from benchmarks.rows.large_cold import command


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    with TemporaryDirectory() as big, TemporaryDirectory() as small, answering() as url:
        data = large.description(large.OPERATIONS if size is Size.FULL else 3)
        own = large.write(Path(big), 1, 3)
        own.with_name("api.yml").unlink()
        own.with_name("api.json").write_text(large.as_json(data), "utf-8", newline="\n")
        own.write_text(own.read_text("utf-8").replace("url: api.yml", "url: api.json"), "utf-8", newline="\n")
        other = large.write(Path(small), 1, 3)
        yield Contest(act(*command(own, url, "--no-cache")), act(*command(other, url, "--no-cache")))


ROW: Final = Row(
    "large-json",
    "1 step on a description of 10 MB of JSON, cold, whole process",
    "the same step with a description of 10 kB",
    1.5,
    _open,
    "the difference is the reading of 10 MB of JSON; what is kept of YAML would be read no faster, so nothing is kept",
)

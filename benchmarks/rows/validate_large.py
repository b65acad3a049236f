"""Judging 100 workflows with 1,000 steps and their API description of 1 MB, in this process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from arazzo_runner.api import check, load
from arazzo_runner.diagnostics import Severity
from arazzo_runner.document import Profile, read
from arazzo_runner.sources.location import file_uri
from benchmarks import documents
from benchmarks.row import Contest, Row, Size

WORKFLOWS, STEPS, RESOURCES = 100, 10, 460


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    workflows, resources = (WORKFLOWS, RESOURCES) if size is Size.FULL else (2, 11)
    with tempfile.TemporaryDirectory() as folder:
        flow = documents.write(Path(folder), workflows, STEPS, resources)
        faults = [one for one in check(load(flow)) if one.severity is not Severity.NOTE]
        assert not faults, f"the documents have no fault, and this was found: {faults[0].concise()}"
        yield Contest(lambda: check(load(flow)), lambda: _parsed(flow))


def _parsed(flow: Path) -> list[object]:
    """Read both files with the loader of the product, and do nothing with them."""
    files = ((flow, Profile.ARAZZO), (flow.with_name("api.yml"), Profile.SOURCE))
    return [read(path.read_bytes(), file_uri(path), path.name, profile).data for path, profile in files]


ROW: Final = Row(
    "validate-large",
    "judging 100 workflows with 1,000 steps and their description of 1 MB, in process",
    "parsing the two files with the same loader",
    3.0,
    _open,
)

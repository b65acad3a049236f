"""Runs one variation of a case over real sockets, and tells what is not as the case demands."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from .cases import ENTRY, Case, Variation
from .job import Adapter, Job
from .observed import Observed, differences
from .server import DOCS, LoopbackServer

SLACK = 1.5
"""Seconds that a run may take longer between its requests than a case says."""


def check(variation: Variation, adapter: Adapter, server: LoopbackServer) -> list[str]:
    """Run a variation, twice if the case says so, and return the differences."""
    found: list[str] = []
    for _ in range(2 if variation.twice else 1):
        with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
            found += _once(variation, adapter, server, Path(folder))
    return found


def _once(variation: Variation, adapter: Adapter, server: LoopbackServer, folder: Path) -> list[str]:
    files, expect = variation.files(), variation.expect
    server.begin(variation.server, files, variation.media)
    job = _job(variation, files, server, folder)
    seen = adapter.run(job) if "outcome" in expect else adapter.validate(job)
    seen.requests = server.requests
    if variation.over_http:
        seen.fetches = server.fetches
    found = differences(expect, seen, files[ENTRY])
    return found + _waited(expect, variation.server, seen)


def _job(variation: Variation, files: dict[str, str], server: LoopbackServer, folder: Path) -> Job:
    handed = {ENTRY} if variation.base_uri else set()
    for name, text in files.items():
        if variation.over_http and name not in handed | set(variation.supplied):
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    inputs_file = folder / "inputs.json"
    inputs_file.write_text(json.dumps(variation.inputs), "utf-8")
    return Job(
        folder=str(folder),
        entry=f"{server.url}{DOCS}{ENTRY}" if variation.over_http and not handed else str(folder / ENTRY),
        workflow=variation.workflow,
        inputs=variation.inputs,
        inputs_file=str(inputs_file),
        strict=variation.strict,
        version=variation.version,
        inputs_for=variation.inputs_for,
        patience=1.5 if '"timeout"' in json.dumps(variation.server) else 30.0,
        hides="hides" in variation.expect,
        supplied=tuple(str(folder / name) for name in variation.supplied),
        base_uri=variation.base_uri,
    )


def _waited(expect: dict[str, Any], rules: list[dict[str, Any]], seen: Observed) -> list[str]:
    """Compare the time between the first and the last request with the waits, the server's own included."""
    if "waits" not in expect or len(seen.requests) < 2:
        return []
    wanted = sum(expect["waits"])
    took = seen.requests[-1].time - seen.requests[0].time
    earliest = wanted - (1.05 if "@date" in json.dumps(rules) else 0.05)
    latest = wanted + SLACK * len(seen.requests)
    return [] if earliest <= took <= latest else [f"waits: expected {wanted} seconds in all, were {took:.2f}"]


def is_runnable(case: Case, adapter: Adapter) -> bool:
    """Tell whether the adapter can take the case at all: a runner that only runs judges no document."""
    return "outcome" in case.data["expect"] or hasattr(adapter, "validate")

"""What a polling loop leaves in memory: a step that goes back to itself, after many turns against after a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.memory import weight
from benchmarks.row import BYTES, Contest, Row, Size

_FLOW: Final = """\
arazzo: 1.0.1
info: {title: Polling, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
- workflowId: poll
  steps:
  - stepId: ask
    operationId: ask
    outputs: {state: $response.body#/state}
    onSuccess:
    - {name: again, type: goto, stepId: ask, criteria: [{condition: $response.body#/state == 'busy'}]}
    - {name: ready, type: end}
  outputs: {state: $steps.ask.outputs.state}
"""
_API: Final = """\
openapi: 3.1.0
info: {title: Polling, version: '1'}
servers: [{url: 'http://127.0.0.1'}]
paths: {/job: {get: {operationId: ask, responses: {'200': {description: How it is.}}}}}
"""
_PROGRAM: Final = """
import sys
from arazzo_runner import Options, run
from arazzo_runner.engine.outcomes import Response
class Job:
    left = int(sys.argv[2])
    def send(self, request, timeout):
        self.left -= 1
        state = b"busy" if self.left else b"ready"
        return Response(200, (("Content-Type", "application/json"),), b'{"state": "%s"}' % state)
result = run(sys.argv[1], options=Options(max_steps=10_000_000), transport=Job())
assert result.outputs == {"state": "ready"}
assert result.requests == int(sys.argv[2])
"""


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    more, fewer = (100_000, 1_000) if size is Size.FULL else (2, 1)
    with TemporaryDirectory() as name:
        flow = Path(name, "flow.yml")
        flow.write_text(_FLOW, "utf-8")
        Path(name, "api.yml").write_text(_API, "utf-8")
        yield Contest(weight(_PROGRAM, str(flow), str(more)), weight(_PROGRAM, str(flow), str(fewer)))


ROW: Final = Row(
    "polling-memory",
    "memory after 100,000 turns of a polling loop",
    "after 1,000",
    1.05,
    _open,
    unit=BYTES,
    turns=1,
)

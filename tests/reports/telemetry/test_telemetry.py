"""The Python of docs/telemetry.md, run as it stands, with a collector and an API on loopback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.loopback import Answer, Loopback
from tests.reports.telemetry.collector import collector, spans

BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
API = {
    "openapi": "3.1.0",
    "info": {"title": "Items", "version": "1"},
    "paths": {"/items": {"post": {"operationId": "buy", "responses": {"200": {"description": "bought"}}}}},
}
FLOW = {
    "arazzo": "1.0.1",
    "info": {"title": "Buy", "version": "1"},
    "sourceDescriptions": [{"name": "api", "url": "api.json", "type": "openapi"}],
    "workflows": [
        {
            "workflowId": "buy",
            "inputs": {"type": "object", "properties": {"item": {"type": "integer"}}},
            "steps": [{"stepId": "buy", "operationId": "buy"}],
        }
    ],
}


def test_the_examples_of_the_page_do_what_it_says(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = BLOCK.findall((project / "docs/telemetry.md").read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "*")
    with collector() as gathered, Loopback(lambda asked: Answer()) as api:
        (tmp_path / "api.json").write_text(json.dumps(API | {"servers": [{"url": api.url}]}), "utf-8")
        (tmp_path / "spec.yml").write_text(json.dumps(FLOW), "utf-8")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", gathered.url)
        known: dict[str, object] = {}
        exec(first, known)
        assert [span.name for span in spans(gathered)] == ["POST /items", "step buy", "run buy"]
        assert api.asked[0].headers["traceparent"][36:52] == spans(gathered)[0].span_id.hex()
        exec(second, known)
        assert len(api.asked) == 2
        assert len(spans(gathered)) == 3

from __future__ import annotations

import io
import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from arazzo_runner.diagnostics import Span, error, warning
from arazzo_runner.engine.effects import Request
from arazzo_runner.errors import ArazzoError, DocumentError, InputsError, UsageError
from arazzo_runner.preview import Preview, StepPreview
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.requests.json import write_preview_json, write_refused_preview

SCHEMA = json.loads(files("arazzo_runner.reports.requests").joinpath("requests.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
REQUEST = Request("POST", "http://x/{$inputs.a}", (("A", "b"),), "ä".encode())
STEPS = (
    StepPreview(
        ("s",), "w", REQUEST, REQUEST, placeholders=("{$inputs.a}",), remarks=("doubt",), login="me", wanted="k"
    ),
    StepPreview(
        ("b",), "w", Request("GET", "u"), Request("GET", "u"), span=Span("file:///a.yml", 3, 5, 3, 9, name="a.yml")
    ),
    StepPreview(("raw",), "w", Request("PUT", "u", body=b"\xff\0"), Request("PUT", "u", body=b"\xff\0")),
    StepPreview(("c",), "w", calls="other"),
    StepPreview(("d",), "w", reason="it has no value"),
)


def test_a_preview_is_one_object_that_the_schema_describes() -> None:
    page = io.StringIO()
    write_preview_json(page, Preview("w", STEPS, ("a",), (warning("reading-P1", "m", None),), "cut"), Look())
    found = json.loads(page.getvalue())
    VALIDATOR.validate(found)
    assert [step["id"] for step in found["steps"]] == ["s", "b", "raw", "c", "d"]
    assert found["steps"][0]["request"] == {
        "method": "POST",
        "url": "http://x/{$inputs.a}",
        "headers": [{"name": "A", "value": "b"}],
        "body": {"bytes": 2, "text": "ä", "base64": None},
    }
    assert found["steps"][2]["request"]["body"] == {"bytes": 2, "text": None, "base64": "/wA="}
    assert (found["steps"][1]["file"], found["steps"][1]["line"]) == ("a.yml", 3)
    assert found["steps"][3]["calls"] == "other"
    assert found["missing"] == ["a"]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (DocumentError((error("some-code", "m", None),)), "document"),
        (InputsError("no"), "inputs"),
        (UsageError("no", "do"), "usage"),
    ],
)
def test_a_refusal_has_the_same_form(fault: ArazzoError, kind: str) -> None:
    page = io.StringIO()
    write_refused_preview(page, fault, "w")
    found = json.loads(page.getvalue())
    VALIDATOR.validate(found)
    assert (found["status"], found["error"]["kind"]) == ("refused", kind)
    assert [each["code"] for each in found["diagnostics"]] == (["some-code"] if kind == "document" else [])

from __future__ import annotations

from pathlib import Path

from arazzo_runner.api import Options, load, prepare, preview
from arazzo_runner.api.profiles import load_profile
from tests.api.documents import write


def test_nothing_is_sent_and_no_credential_is_shown(tmp_path: Path) -> None:
    ready = prepare(load(write(tmp_path)), "one", Options(auth=("bearer=sesame-sesame",)))
    found = preview(ready, {"id": "7", "pin": "123456789"})
    (step,) = found.steps
    assert step.request is not None
    assert step.shown is not None
    assert step.request.header("authorization") == "Bearer sesame-sesame"
    assert step.shown.header("authorization") == "[redacted]"
    assert found.workflow == "one"
    assert found.warnings == ready.warnings


def test_inputs_of_a_profile_count(tmp_path: Path) -> None:
    (tmp_path / "arazzo.toml").write_text('[profile.p.inputs]\nid = "from-profile"\n', "utf-8")
    options = load_profile(tmp_path / "arazzo.toml", "p", environ={})
    found = preview(prepare(load(write(tmp_path)), "one", options))
    assert found.missing == ()
    assert found.steps[0].request is not None
    assert found.steps[0].request.url.endswith("/items/from-profile")

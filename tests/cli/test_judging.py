import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from arazzo_runner.api import Options
from arazzo_runner.cli.judging import Judging
from arazzo_runner.cli.patience import Patience
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.access import Access

API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: http://h}]
paths: {/ping: {get: {operationId: ping, responses: {'200': {description: ok}}}}}
"""
FLOW = """
arazzo: 1.1.0
$self: https://x.test/NAME.yml
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: HERE/api.yml, type: openapi}, OTHER]
workflows: [{workflowId: NAME, steps: [STEP]}]
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two documents: one calls a workflow of the other, which it names by what that one calls itself."""
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    other = "{name: other, url: https://x.test/callee.yml, type: arazzo}"
    caller = FLOW.replace("OTHER", other).replace("STEP", "{stepId: s, workflowId: $sourceDescriptions.other.callee}")
    callee = FLOW.replace(", OTHER", "").replace("STEP", "{stepId: s, operationId: ping}")
    for name, text in (("caller", caller), ("callee", callee)):
        text = text.replace("NAME", name).replace("HERE", tmp_path.as_uri())
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    return [str(tmp_path / "caller.yml"), str(tmp_path / "callee.yml")]


def judged(files: list[str], sources: Mapping[str, str] | None = None) -> tuple[Judging, list[tuple[str, ...]]]:
    beside: list[tuple[str, ...]] = []

    def options(document: Description, own: Mapping[str, str], others: tuple[str, ...]) -> Options:
        beside.append(others)
        return Options(sources=own, documents=others, access=Access(offline=True))

    judging = Judging(sources or {}, Access(offline=True), options, Patience(io.StringIO(), 80))
    judging.judge(files)
    return judging, beside


def test_documents_know_each_other_by_what_they_call_themselves(files: list[str]) -> None:
    judging, beside = judged(files)
    assert judging.found == []
    assert beside == [(Path(files[1]).as_uri(),), ()]  # only who can name another one is handed it


def test_what_it_depends_on_is_known(files: list[str]) -> None:
    judging, _ = judged([*files, "nowhere.yml"])
    names = {Path(each).name for each in judging.read}
    assert names == {"caller.yml", "callee.yml", "api.yml", "nowhere.yml"}
    assert all(Path(each).is_absolute() for each in judging.read)
    assert [one.code for one in judging.found] == ["document-unreadable"]
    assert judging.unread == 1


def test_a_source_that_nobody_declares_is_refused(files: list[str]) -> None:
    with pytest.raises(UsageError, match="no document has a source 'apu'") as raised:
        judged(files, {"apu": "x"})
    assert raised.value.hint == "did you mean 'api'?"


def test_what_was_said_of_the_progress_is_wiped_even_after_a_fault(files: list[str]) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    times = iter([0.0, *[9.0] * 9])
    judging = Judging(
        {"apu": "x"}, Access(offline=True), lambda *_: Options(), Patience(stream, 80, lambda: next(times))
    )
    with pytest.raises(UsageError):
        judging.judge(files)
    assert "1 of 2: " in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")

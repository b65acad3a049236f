from pathlib import Path

import pytest

from arazzo_runner.api import Options, check, load
from arazzo_runner.api.withholding import CODE, Withholding
from arazzo_runner.diagnostics import Severity
from arazzo_runner.sources.access import Access

TEXT = """
arazzo: 1.0.1
info: {title: t, version: '1'}
sourceDescriptions:
  - {name: api, url: URL, type: openapi}
  - {name: flows, url: flows.yml, type: arazzo}
workflows:
  - workflowId: w
    steps:
      - {stepId: one, operationId: nonsense}
      - {stepId: two, workflowId: $sourceDescriptions.flows.other}
      - {stepId: three, workflowId: lost}
"""
FLOWS = """
arazzo: 1.0.1
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows: [{workflowId: other, steps: [{stepId: s, operationId: ping}]}]
"""
API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: http://h}]
paths: {/ping: {get: {operationId: ping, responses: {'200': {description: ok}}}}}
"""


def judged(tmp_path: Path, url: str, withholding: Withholding, options: Options | None = None) -> list[tuple[str, str]]:
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    (tmp_path / "flows.yml").write_text(FLOWS, encoding="utf-8")
    document = load(tmp_path / "flow.yml", text=TEXT.replace("URL", url))
    found = check(document, options or Options(), sources=withholding)
    return [(one.code, one.severity.value) for one in found]


def test_with_its_sources_everything_is_checked(tmp_path: Path) -> None:
    assert judged(tmp_path, "api.yml", Withholding()) == [
        ("operation-unknown", "error"),
        ("reference-unknown-workflow", "error"),
    ]


def test_without_sources_the_rest_is_checked_and_what_was_not_is_told(tmp_path: Path) -> None:
    found = judged(tmp_path, "api.yml", Withholding(sources=False))
    assert found == [("reference-unknown-workflow", "error"), (CODE, "note"), (CODE, "note")]


def test_offline_only_what_is_on_the_network_is_left_out(tmp_path: Path) -> None:
    offline = Options(access=Access(offline=True))
    found = judged(tmp_path, "https://x.test/api.yml", Withholding(), offline)
    assert found == [("reference-unknown-workflow", "error"), (CODE, "note")]


def test_a_source_that_is_not_there_is_an_error_all_the_same(tmp_path: Path) -> None:
    offline = Options(access=Access(offline=True))
    assert ("source-unreadable", "error") in judged(tmp_path, "nowhere.yml", Withholding(), offline)


@pytest.mark.parametrize("with_sources", [True, False])
def test_who_asks_is_told_which_documents_were_read(tmp_path: Path, with_sources: bool) -> None:
    asked: list[str] = []
    judged(tmp_path, "api.yml", Withholding(with_sources, asked.append))
    assert {uri.rpartition("/")[2] for uri in asked} == ({"api.yml", "flows.yml"} if with_sources else set())


def test_the_note_says_what_to_do(tmp_path: Path) -> None:
    document = load(tmp_path / "flow.yml", text=TEXT.replace("URL", "api.yml"))
    note = next(one for one in check(document, sources=Withholding(sources=False)) if one.code == CODE)
    assert note.severity is Severity.NOTE
    assert note.message.endswith("no sources are read (--no-sources); what depends on it was not checked")
    assert "--source NAME=FILE" in note.help

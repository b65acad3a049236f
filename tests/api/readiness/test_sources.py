from pathlib import Path

import pytest

from arazzo_runner.api import Options
from tests.api.readiness.shop import MOVED, examined, write


def test_what_each_source_is(tmp_path: Path) -> None:
    shop, gone = examined(write(tmp_path)).sources
    assert (shop.name, shop.type, shop.version, shop.size, shop.problem) == ("shop", "openapi", "3.1", 4, "")
    assert shop.read_from == str(tmp_path / "api.yml")
    assert "there is no such file" in gone.problem
    assert "--source gone=" in gone.remedy


def test_only_what_a_workflow_may_need_is_looked_at(tmp_path: Path) -> None:
    assert [each.name for each in examined(write(tmp_path), "free").sources] == ["shop"]


def test_a_source_that_was_searched_for_says_by_what_it_was_found(tmp_path: Path) -> None:
    [found] = examined(write(tmp_path, MOVED), "look").sources
    assert (found.found_by, found.url) == ("its file's name", "lost/api.yml")


def test_the_sources_of_a_source_are_told_with_their_document(tmp_path: Path) -> None:
    write(tmp_path)
    outer = tmp_path / "outer.yml"
    outer.write_text(
        "{arazzo: 1.0.1, info: {title: t, version: '1'}, sourceDescriptions: [{name: in, url: flow.yml, type: arazzo}],"
        "workflows: [{workflowId: w, steps: [{stepId: s, workflowId: $sourceDescriptions.in.free}]}]}"
    )
    facts = {each.name: each for each in examined(outer).sources}
    assert (facts["in"].type, facts["in"].size, facts["in"].holder) == ("arazzo", 8, "")
    assert facts["shop"].holder == str(tmp_path / "flow.yml")


@pytest.mark.parametrize(
    ("text", "problem"), [("[1]", "no API description"), ("{openapi: 9.0.0}", "version '9.0'"), ("a: [", "")]
)
def test_what_can_not_be_used_has_a_problem_and_a_remedy(tmp_path: Path, text: str, problem: str) -> None:
    path = write(tmp_path, api=text)
    [found] = examined(path, "free", Options()).sources
    assert problem in found.problem
    assert found.problem
    assert "--source shop=" in found.remedy

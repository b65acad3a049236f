from pathlib import Path

import pytest

from tests.api.test_inventing import API, FLOW
from tests.cli.invocation import Command


@pytest.fixture
def flow(tmp_path: Path) -> str:
    (tmp_path / "api.yaml").write_text(API)
    (tmp_path / "flow.yaml").write_text(FLOW)
    return str(tmp_path / "flow.yaml")


def test_what_is_invented_is_told_on_standard_error(arazzo: Command, flow: str) -> None:
    ended = arazzo("run", flow, "--mock")
    assert ended.code == 0
    assert ended.err.startswith('invented: id = "t-')
    assert ended.out.strip().removeprefix("id: ") in ended.err


def test_what_is_given_is_not_invented(arazzo: Command, flow: str) -> None:
    ended = arazzo("run", flow, "--mock", "-i", "id=t-123")
    assert ("invented" in ended.err, ended.out) == (False, "id: t-123\n")


def test_what_is_given_and_does_not_fit_is_refused(arazzo: Command, flow: str) -> None:
    ended = arazzo("run", flow, "--mock", "-i", "id=x")
    assert ended.code == 2
    assert "input 'id' does not fit" in ended.err


def test_what_was_invented_is_not_said_to_be_missing(arazzo: Command, flow: str) -> None:
    text = Path(flow).read_text().replace("required: [id]", "required: [id, more]")
    Path(flow).write_text(text.replace("properties: {", "properties: {more: {type: string}, "))
    ended = arazzo("run", flow, "--mock", "-i", "id=x")
    assert "invented: more" in ended.err
    assert "give what is missing" not in ended.err


def test_a_quiet_run_tells_nothing(arazzo: Command, flow: str) -> None:
    assert arazzo("run", flow, "--mock", "--quiet").err == ""


def test_a_secret_is_invented_and_not_shown(arazzo: Command, flow: str) -> None:
    path = Path(flow)
    path.write_text(FLOW.replace("n: {type: integer}", "token: {type: string}").replace("[id]", "[id, token]"))
    assert "invented: token = (a secret, not shown)" in arazzo("run", flow, "--mock").err
    assert 'invented: token = "' in arazzo("run", flow, "--mock", "--show-secrets").err


def test_without_the_mock_a_missing_input_is_refused(arazzo: Command, flow: str) -> None:
    ended = arazzo("run", flow)
    assert ended.code == 2
    assert "'id' is missing" in ended.err

from pathlib import Path

import pytest

from arazzo_runner.api import Options, load
from arazzo_runner.api.readiness import Carried, examine
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.reports.doctor.readiness import WorkflowFact
from arazzo_runner.sources.access import Access
from tests.api.readiness.shop import MOVED, examined, write


def only(path: Path, workflow: str, options: Options | None = None, carried: Carried | None = None) -> WorkflowFact:
    [found] = examined(path, workflow, options, carried=carried).workflows
    return found


def test_each_workflow_is_told_and_only_what_can_not_run_is_not_ready(tmp_path: Path) -> None:
    found = examined(write(tmp_path))
    assert {each.workflow_id for each in found.workflows if not each.runs} == {"broken", "away"}
    assert not found.ready
    assert examined(write(tmp_path), "buy").ready


@pytest.mark.parametrize(("workflow", "code"), [("broken", "operation-unknown"), ("away", "source-unreadable")])
def test_what_run_refuses_is_in_the_way(tmp_path: Path, workflow: str, code: str) -> None:
    found = only(write(tmp_path), workflow)
    assert code in [each.code for each in found.findings]
    assert not found.runs


def test_the_command_has_a_placeholder_for_all_that_is_missing(tmp_path: Path) -> None:
    path = write(tmp_path)
    command = only(path, "buy").command
    assert command[:5] == ("arazzo", "run", str(path), "--workflow", "buy")
    assert " ".join(command[5:]) == (
        '--auth key=KEY -i id=... -i size=S -i color=... -i amount:="12" -i tags=... -i look:what=...'
    )


def test_a_credential_that_is_given_is_not_asked_for(tmp_path: Path) -> None:
    options = Options(environ={"ARAZZO_AUTH_SHOP_KEY_API_KEY": "k"})
    found = only(write(tmp_path), "look", options)
    assert found.command[5:] == ("-i", "what=...")
    [credential] = found.credentials
    assert credential.satisfied
    assert credential.alternatives[0][0].given_by == "ARAZZO_AUTH_SHOP_KEY_API_KEY"


def test_a_source_that_is_missing_is_asked_for_where_it_is_needed(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert only(path, "away").command[5:] == ("--source", "gone=FILE-or-URL")
    assert "--source" not in only(path, "look").command
    other = Options(sources={"gone": str(tmp_path / "api.yml")})
    assert only(path, "broken", other).command[5:] == ()
    assert only(path, "look", other).command[5:7] == ("--source", f"gone={tmp_path / 'api.yml'}")


def test_what_was_said_is_said_again(tmp_path: Path) -> None:
    carried = Carried(("--strict",), ("--proxy", "http://p:1"), ("what=7", "extra=1"))
    found = only(write(tmp_path), "look", carried=carried)
    assert found.command[5:8] == ("--strict", "--proxy", "http://p:1")
    assert found.command[-4:] == ("-i", "what=7", "-i", "extra=1")
    assert found.mock_command[5:] == ("--strict", "--mock", "-i", "what=7", "-i", "extra=1")


def test_a_secret_that_was_said_is_not_said_again(tmp_path: Path) -> None:
    found = only(write(tmp_path), "buy", carried=Carried(inputs=("apiKey=hunter2", "pin=hunter3")))
    assert "hunter" not in " ".join((*found.command, *found.mock_command))
    assert "apiKey=..." in found.command


def test_an_option_that_names_nothing_is_in_the_way(tmp_path: Path) -> None:
    found = only(write(tmp_path), "look", Options(auth=("nix=k",)))
    assert ["nix" in each.message for each in found.obstacles] == [True]
    assert not found.runs


def test_a_server_that_is_missing_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path)
    api = tmp_path / "api.yml"
    api.write_text(api.read_text().replace("https://{region}.shop.example/v1", "/v1"))
    found = only(path, "free")
    assert not found.runs
    assert found.command[5:] == ("--server", "shop=https://...")
    assert found.mock_command[5:] == ("--mock",)


def test_a_host_that_nobody_named_is_asked_for(tmp_path: Path) -> None:
    found = only(write(tmp_path, MOVED), "look")
    assert [host for host, _ in found.hosts] == ["eu.shop.example"]
    assert found.command[5:] == (
        "--source", f"shop={tmp_path / 'api.yml'}", "--auth", "key=KEY", "--auth-host", "eu.shop.example", "-i", "what=...",
    )  # fmt: skip


@pytest.mark.parametrize("workflow", ["nix", "Buy"])
def test_an_unknown_workflow_is_an_error(tmp_path: Path, workflow: str) -> None:
    with pytest.raises(UsageError, match=f"no workflow '{workflow}'"):
        examined(write(tmp_path), workflow)


def test_a_document_without_workflows_is_an_error() -> None:
    with pytest.raises(DocumentError):
        examine(load(text="arazzo: 1.0.1"))


def test_offline_is_honoured(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text().replace("gone.yml", "https://nowhere.invalid/x.yml"))
    found = examined(path, "away", Options(access=Access(offline=True)))
    assert ["--offline" in each.problem for each in found.sources] == [True]

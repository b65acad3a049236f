import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from arazzo_runner.cli.explain import Explain
from arazzo_runner.cli.marks import Mark
from arazzo_runner.cli.run import Run
from arazzo_runner.cli.show import Show
from arazzo_runner.cli.validate import Validate

PROFILES = ("--config", "--no-config", "--profile")
COMMANDS = {"run": Run, "validate": Validate, "explain": Explain, "show": Show}


def parameters(command: type[Any]) -> list[Mark]:
    hints = get_type_hints(command, include_extras=True)
    return [get_args(hints[field.name])[1] for field in fields(command)]


FINDINGS = ("--select", "--ignore", "--max", "--fail-on", "--format", "--output", "--no-sources", "--watch")
READING = ("--root", "--offline", "--no-cache")
EGRESS = ("--untrusted", "--allow-host", "--deny-private", "--allow-private")

LATER = ("--journal", "--idempotency-key", "--otel", "--traceparent")
MANY = ("--each", "--each-format", "--concurrency", "--rate", "--results", "--resume")


def names(command: type[Any]) -> set[str]:
    found: set[str] = set()
    for parameter in parameters(command):
        found |= set(parameter.names)
    return found


def test_run_has_the_promised_flags() -> None:
    promised = (
        "--workflow -w --input -i --inputs --env-file --no-input --server --server-variable --source --base-dir "
        "--base-uri --document --root --offline --no-cache --auth --auth-host --insecure "
        "--cacert --client-cert --check --check-level --proxy --no-proxy --follow-redirects --max-redirects --cookies --report --run-timeout --max-wait --max-depth --max-body "
        "--config --no-config --profile --mock --dry-run --step --format --strict --json --output --show-secrets --quiet -q --verbose -v --timeout --max-steps --seed --stateless --scenario"
    )
    assert names(Run) == {*promised.split(), *EGRESS, *MANY, *LATER, "--allow-method", "--max-bytes"}


def test_the_other_commands_have_theirs() -> None:
    assert names(Explain) == {"--json"}
    assert names(Validate) == {
        *FINDINGS,
        "--strict",
        "--source",
        "--base-dir",
        "--base-uri",
        "--document",
        *READING,
        *EGRESS,
        *PROFILES,
        "--json",
        "--fix",
        "--diff",
        "--unsafe",
    }
    assert names(Show) == {
        "--workflow",
        "-w",
        "--source",
        "--base-dir",
        "--base-uri",
        "--document",
        *READING,
        *PROFILES,
        "--json",
    }


@pytest.mark.parametrize("command", COMMANDS.values())
def test_each_argument_is_explained(command: type[Any]) -> None:
    for parameter in parameters(command):
        assert re.fullmatch(r"[A-Z].*\.", parameter.settings["help"])


@pytest.mark.parametrize("name", COMMANDS)
def test_the_documentation_of_a_command_names_all_its_flags(project: Path, name: str) -> None:
    page = (project / "docs" / f"{name}.md").read_text("utf-8")
    flags = {flag for flag in names(COMMANDS[name]) if flag.startswith("--")}
    assert {flag for flag in flags if f"`{flag}" not in page} == set()
    known = flags | {"--help", "--version", "--install-completion", "--show-completion"}
    every = set().union(*(names(command) for command in COMMANDS.values()))
    assert set(re.findall(r"`(--[a-z-]+)", page)) <= known | every

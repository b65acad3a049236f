"""The lines that are read without typer mean what they mean to typer."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

from arazzo_runner.cli.app import COMMANDS
from arazzo_runner.cli.commands import _as_typer_has_it
from arazzo_runner.cli.plain_lines import _fields, read_plain

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="typer reads every line there")


def of(name: str) -> Any:
    module, _, attribute = COMMANDS[name].partition(":")
    return getattr(import_module(module), attribute)


def by_typer(name: str, words: list[str]) -> object:
    """Return the command that typer makes of a line; None where it refuses it, or shows something."""
    alone = typer.Typer(add_completion=False)
    alone.command(name)(_as_typer_has_it(of(name)))
    try:
        made = get_command(alone)(args=words, prog_name=name, standalone_mode=False)
    except typer.TyperException:
        return None
    return made if isinstance(made, of(name)) else None


def words_of(name: str) -> st.SearchStrategy[list[str]]:
    flags = [flag for field in _fields(of(name)) for flag in field.mark.names]
    value = st.sampled_from(["a", "", "-", "x=y", "1", "a b", "-1", "--", "\u00e4", "flow.yml", "=", "-x=1"])
    flag = st.sampled_from([*flags, "--nonsense", "-z", "--help", flags[0][:-1]])
    joined = st.builds("{}={}".format, flag, value)
    return st.lists(st.one_of(flag, value, value, joined), max_size=5)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_line_means_what_typer_takes_it_to_mean(name: str, data: st.DataObject) -> None:
    words = data.draw(words_of(name))
    found = read_plain(of(name), words)
    if found is not None:
        assert found == by_typer(name, words)


@pytest.mark.parametrize(
    "line",
    [
        "validate a.yml b.yml --strict --json",
        "validate --source a=b --source c=d a.yml --format=json",
        "run a.yml -i a=b -i c=d --server http://h:1 -w flow --quiet -v",
        "run - --inputs - --no-config",
        "show a.yml",
        "explain body-missing",
        "cache clear",
    ],
)
def test_lines_that_are_typed_every_day_need_no_typer(line: str) -> None:
    name, *words = line.split()
    found = read_plain(of(name), words)
    assert found is not None
    assert found == by_typer(name, words)


@pytest.mark.parametrize(
    "line",
    [
        "run",
        "run a.yml b.yml",
        "run a.yml --nonsense",
        "run a.yml --help",
        "run a.yml -h",
        "run a.yml -qv",
        "run a.yml -iA=b",
        "run a.yml -i",
        "run a.yml -i -v",
        "run a.yml --strict=yes",
        "run a.yml --max-steps 3",
        "run a.yml -- b",
        "run a.yml --serv http://h",
        "cache",
    ],
)
def test_other_lines_are_left_to_it(line: str) -> None:
    name, *words = line.split()
    assert read_plain(of(name), words) is None


def test_a_shell_that_completes_is_answered_by_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_ARAZZO_COMPLETE", "complete_bash")
    assert read_plain(of("show"), ["a.yml"]) is None

import json

import pytest

from arazzo_runner.cli.app import COMMANDS
from arazzo_runner.cli.commands import call
from arazzo_runner.cli.exit_codes import MEANINGS
from arazzo_runner.cli.plain_lines import Command
from arazzo_runner.errors import UsageError
from tests.cli.invocation import Command as Invocation


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_page_of_help_with_the_exit_codes(arazzo: Invocation, command: str) -> None:
    ended = arazzo(command, "--help")
    assert (ended.code, ended.err) == (0, "")
    words = " ".join(ended.out.split())
    assert f"Usage: arazzo {command}" in words
    for code, meaning in MEANINGS.items():
        assert f"{int(code)} {meaning}" in words
    assert arazzo(command, "-h").out == ended.out


def test_a_command_is_found_by_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"show": "arazzo_runner.cli.show:Show"}
    monkeypatch.setattr("arazzo_runner.cli.show.Show.perform", lambda self: 7)
    assert call("arazzo", places, ["show", "FILE"]) == 7
    with pytest.raises(UsageError, match="there is no command 'run'"):
        call("arazzo", places, ["run", "FILE"])


def test_what_can_be_performed_is_a_command() -> None:
    class Performed:
        def perform(self) -> int:
            return 0

    assert isinstance(Performed(), Command)
    assert not isinstance(0, Command)


@pytest.mark.parametrize(("flags", "status"), [((), None), (("--json",), "interrupted")])
def test_ctrl_c_while_the_line_is_read_is_told(
    arazzo: Invocation, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...], status: str | None
) -> None:
    def pressed(name: str, place: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("arazzo_runner.cli.commands._command", pressed)
    monkeypatch.setattr("arazzo_runner.cli.plain_lines.read_plain", pressed)
    for line in (("test", "x.yml", *flags), ("test", "x.yml", "--seed", "1", *flags)):
        ended = arazzo(*line)
        assert (ended.code, ended.err) == (130, "interrupted before anything was begun\n")
        assert (json.loads(ended.out)["status"] if ended.out else None) == status

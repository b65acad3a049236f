import subprocess
import sys
from pathlib import Path

import pytest

from arazzo_runner._version import VERSION
from arazzo_runner.cli.app import COMMANDS, main
from arazzo_runner.cli.exit_codes import MEANINGS
from tests.cli.invocation import Command


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version(arazzo: Command, flag: str) -> None:
    assert arazzo(flag) == (0, f"arazzo {VERSION}\n", "")


def imported(project: Path, statement: str) -> set[str]:
    """Return the modules of a new interpreter after a statement."""
    script = f"{statement}; import sys; print('\\n', *sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(done.stdout.split("\n\n")[-1].split())


def test_the_version_is_told_before_anything_is_imported(project: Path) -> None:
    modules = imported(project, "from arazzo_runner.cli.app import main; main(['--version'])")
    ours = {name for name in modules if name.startswith("arazzo_runner")}
    assert ours == {"arazzo_runner", "arazzo_runner._version", "arazzo_runner.cli", "arazzo_runner.cli.app"}
    assert not modules & {"typer", "rich", "yaml", "httpx2", "msgspec", "asyncio"}


def test_a_command_is_imported_when_it_is_called(project: Path) -> None:
    modules = imported(project, "from arazzo_runner.cli.app import main; main(['show', 'nowhere.yml'])")
    assert "arazzo_runner.cli.show" in modules
    assert not modules & {"arazzo_runner.cli.run", "arazzo_runner.cli.validate", "rich", "httpx2", "asyncio"}


def test_nothing_that_needs_no_network_brings_a_client(project: Path, reference: str) -> None:
    modules = imported(project, f"from arazzo_runner.cli.app import main; main(['validate', {reference!r}])")
    assert not modules & {"httpx2", "httpx", "rich", "asyncio"}


def test_help_lists_the_commands_and_the_exit_codes(arazzo: Command) -> None:
    ended = arazzo("--help")
    assert (ended.code, ended.err) == (0, "")
    for command in COMMANDS:
        assert f" {command} " in ended.out
    assert all(f"{int(code)}  " in ended.out for code in MEANINGS)


def test_alone_it_shows_its_help_and_is_no_success(arazzo: Command) -> None:
    ended = arazzo()
    assert ended.code == 2
    assert "Usage: arazzo" in ended.out


def test_the_arguments_of_the_process_are_the_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["whatever", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"arazzo {VERSION}\n"
    monkeypatch.setattr(sys, "argv", ["whatever", "nonsense"])
    assert main() == 2


def test_it_is_a_module_too(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "arazzo_runner", "rnu"],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: there is no command 'rnu'\n  did you mean 'run'?\n"

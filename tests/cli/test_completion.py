import os
import subprocess
import sys
from pathlib import Path

import pytest

from arazzo_runner.cli.app import COMMANDS

WORKFLOW = "generate-token-then-broadcast"


def complete(project: Path, line: str) -> list[str]:
    """Ask as bash does, with the cursor at the end of the line."""
    words = line.split(" ")
    asked = {"_ARAZZO_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "arazzo_runner", *words[1:]],
        cwd=project,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("arazzo ", list(COMMANDS)),
        ("arazzo va", ["validate"]),
        ("arazzo run --show", ["--show-secrets"]),
        ("arazzo run FILE --workflow ", [WORKFLOW]),
        ("arazzo run FILE --workflow gen", [WORKFLOW]),
        ("arazzo run FILE --workflow x", []),
        ("arazzo show FILE -w ", [WORKFLOW]),
        ("arazzo run FILE --output ", ["token", "broadcastStatus"]),
        ("arazzo run FILE --report j", ["json", "junit"]),
        ("arazzo run FILE --output b", ["broadcastStatus"]),
        (f"arazzo run FILE --workflow {WORKFLOW} --output t", ["token"]),
        ("arazzo run FILE --workflow other --output t", []),
        ("arazzo run nowhere.yml --output ", []),
        ("arazzo run nowhere.yml --workflow ", []),
        ("arazzo run http://127.0.0.1:1/x.yml --workflow ", []),
        ("arazzo run - --workflow ", []),
        ("arazzo run --workflow ", []),
    ],
)
def test_the_shell_is_offered(project: Path, reference: str, line: str, offered: list[str]) -> None:
    assert complete(project, line.replace("FILE", reference)) == offered


def test_the_shell_gets_a_script(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "arazzo_runner", "--show-completion"],
        cwd=project,
        env={**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    # Without a shell above it, it asks which one.
    assert done.returncode == 2
    assert "show-completion" in done.stderr

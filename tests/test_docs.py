"""The examples of the documentation are run: each `console` block is what a person sees.

A line that begins with `$ arazzo ` is run, with both streams on one page; `$ echo $?` shows how the command before it
ended. The lines below are what must be written: `...` inside a line stands for any text, a line of `...` alone for any
number of lines.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PROJECT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT_CODE = "echo $?"


class Example(NamedTuple):
    """A command and what it writes."""

    command: str
    expected: str


def examples(text: str) -> list[list[Example]]:
    """Return the examples of a page, block by block."""
    return [block for found in BLOCK.finditer(text) if (block := _examples(found[1]))[0].command.startswith("arazzo ")]


def _examples(block: str) -> list[Example]:
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    assert parts[0] == "", f"a console block begins with a command: {block[:40]!r}"
    return [Example(command, expected) for command, expected in zip(parts[1::2], parts[2::2], strict=True)]


def pattern(expected: str) -> re.Pattern[str]:
    """Return what an output must match."""
    lines = []
    for line in expected.splitlines():
        if line.strip() == "...":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(".*".join(map(re.escape, line.split("..."))) + r"[ ]*\n")
    return re.compile("".join(lines))


def run(command: str) -> tuple[int, str]:
    """Run a command as the documentation writes it, from the root of the checkout."""
    command, _, typed = command.partition(" < ")
    program, *arguments = shlex.split(command)
    assert program == "arazzo"
    done = subprocess.run(
        [sys.executable, "-m", "arazzo_runner", *arguments],
        cwd=PROJECT,
        input=(PROJECT / typed).read_bytes() if typed else b"",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={name: value for name, value in os.environ.items() if not name.startswith("ARAZZO_")},
        check=False,
    )
    return done.returncode, done.stdout.decode().replace("\r\n", "\n")


PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
CASES = [
    pytest.param(block, id=f"{page.name}-{number}")
    for page in PAGES
    for number, block in enumerate(examples(page.read_text("utf-8")), 1)
]


@pytest.mark.parametrize("block", CASES)
def test_an_example_does_what_the_page_shows(block: list[Example]) -> None:
    code = 0
    for command, expected in block:
        if command == EXIT_CODE:
            written = f"{code}\n"
        else:
            code, written = run(command)
        assert pattern(expected).fullmatch(written), f"$ {command}\n{written}"


def test_the_pages_of_the_commands_have_examples() -> None:
    shown = {page.name for page in PAGES if examples(page.read_text("utf-8"))}
    assert {"run.md", "validate.md", "explain.md", "show.md"} <= shown


@pytest.mark.parametrize(
    ("expected", "written", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("a ... c\n", "a b c\n", True),
        ("a (...)\n", "a (b\n", False),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\nd\n", "a\nd\n", True),
        ("a\n...\nd\n", "a\nb\n", False),
        ("a.b\n", "axb\n", False),
        ("", "", True),
    ],
)
def test_what_a_page_may_leave_out(expected: str, written: str, same: bool) -> None:
    assert bool(pattern(expected).fullmatch(written)) is same

from __future__ import annotations

import io
import sys

import pytest

from arazzo_runner.cli.stepping.prompt import Prompt
from arazzo_runner.errors import UsageError


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def test_piped_lines_are_read_and_written_behind_the_prompt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, b"where\r\n\nlast")
    prompt = Prompt(echo=str.upper)
    assert [prompt.read("a> ") for _ in range(4)] == ["where", "", "last", None]
    assert capsys.readouterr() == ("", "a> WHERE\na> \na> LAST\na> \n")


def test_a_transcript_can_not_act_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, b"\x1b[2J\n")
    assert Prompt().read("a> ") == "\x1b[2J"
    assert "\x1b" not in capsys.readouterr().err


def test_bytes_that_are_no_text_are_no_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, b"\xff\xfe\n")
    assert Prompt().read("a> ") == "\ufffd"


def test_where_there_is_nobody_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"")
    with pytest.raises(
        UsageError, match=r"--step wants a person at a terminal, or commands(.|\n)*pipe the commands in"
    ):
        Prompt().read("a> ")

import io
import sys
from pathlib import Path

import pytest

from arazzo_runner.cli.app import COMMANDS
from arazzo_runner.cli.commands import call
from arazzo_runner.cli.faults import complain, guarded, note, say
from arazzo_runner.diagnostics import Span, error, warning
from arazzo_runner.errors import ArazzoError, CannotContinue, DocumentError, InputsError, LimitReached, UsageError

SPAN = Span("file:///d.yml", 2, 3, 2, 6, "d.yml", "  key: value")
FINDINGS = (error("some-code", "the headline", SPAN, "the help"), warning("other-code", "the doubt"))


def fail(fault: BaseException) -> int:
    raise fault


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        (UsageError("no such thing", "there is another"), 2, "error: no such thing\n  there is another\n"),
        (InputsError("two things:\n  one\n  two"), 2, "error: two things:\n  one\n  two\n"),
        (CannotContinue("the end"), 3, "error: the end\n"),
        (LimitReached("max_steps", "too many"), 3, "error: too many\n"),
        (ArazzoError("something"), 3, "error: something\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (OSError(28, "No space left on device"), 3, "error: could not continue: No space left on device\n"),
        (PermissionError(13, "Permission denied", "f"), 3, "error: could not continue: Permission denied 'f'\n"),
        (OSError(), 3, "error: could not continue: OSError\n"),
    ],
)
def test_bad_news_is_a_few_lines_and_a_code(
    capsys: pytest.CaptureFixture[str], fault: BaseException, code: int, told: str
) -> None:
    assert guarded(lambda: fail(fault)) == code
    assert capsys.readouterr() == ("", told)


def test_good_news_is_the_code_of_the_command() -> None:
    assert guarded(lambda: 1) == 1


def test_a_document_that_can_not_run_shows_its_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(lambda: fail(DocumentError(FINDINGS))) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "error[some-code]: the headline" in err
    assert "--> d.yml:2:3" in err
    assert "key: value" in err
    assert "warning[other-code]: the doubt" in err


@pytest.mark.parametrize("fault", [RuntimeError("s3cret"), AssertionError("s3cret"), RecursionError("s3cret")])
def test_a_fault_of_ours_is_one_line_that_says_where_and_holds_no_secret(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.delenv("ARAZZO_DEBUG", raising=False)
    assert guarded(lambda: fail(fault)) == 3
    out, err = capsys.readouterr()
    assert out == ""
    # What raised stands in this file; of the package only the guard took part.
    assert err.startswith(f"error: a fault of arazzo itself: {type(fault).__name__} at ")
    assert "ARAZZO_DEBUG=1" in err
    assert "s3cret" not in err
    assert "Traceback" not in err


def test_the_trace_comes_when_asked_for(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARAZZO_DEBUG", "1")
    assert guarded(lambda: fail(RuntimeError("the reason"))) == 3
    err = capsys.readouterr().err
    assert "Traceback (most recent call last)" in err
    assert "the reason" in err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["rnu"], "error: there is no command 'rnu'\n  did you mean 'run'?\n"),
        (["run"], "error: missing argument 'FILE'\n  'arazzo run --help' says what can be given\n"),
        (["run", "f", "--mok"], "error: no such option: --mok (Possible options: --mock)\n"),
        (["run", "f", "--timeout", "x"], "error: invalid value for '--timeout': 'x' is no number\n"),
        (["run", "f", "-i"], "error: option '-i' requires an argument\n"),
        (["run", "f", "--seed", "x"], "error: invalid value for '--seed': 'x' is no whole number\n"),
        (
            ["run", "f", "-i", "a=b", "s3cret"],
            "error: 'arazzo run' was given more arguments than it takes\n  quote a value",
        ),
        (["--nonsense"], "error: no such option: --nonsense\n  'arazzo --help' says what can be given\n"),
    ],
)
def test_a_line_that_is_off_is_told_in_two_lines(
    capsys: pytest.CaptureFixture[str], line: list[str], told: str
) -> None:
    assert guarded(lambda: call("arazzo", COMMANDS, line)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(told)
    assert "s3cret" not in err


def test_what_is_said_can_not_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[2Jb", "c\x07\n\nd")
    complain("x: \u202ey")
    note("z")
    told = "a\\x1b[2Jb\n  c\\x07\n  d\nerror: x: \\u202ey\nwarning: z\n"
    assert capsys.readouterr() == ("", told)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_words_stay_whole_on_a_terminal_and_lines_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    message, hint = "there is " + "no such thing " * 4 + "here", "look " + "elsewhere " * 6 + "then"
    for stream, width in ((Terminal(), 40), (io.StringIO(), 999)):
        monkeypatch.setattr(sys, "stderr", stream)
        complain(message, hint)
        lines = stream.getvalue().splitlines()
        assert all(len(line) <= width for line in lines)
        assert " ".join(line.strip() for line in lines) == f"error: {message} {hint}"
        assert (len(lines) > 2) is stream.isatty()
        assert [line.startswith("  ") for line in lines] == [False] + [True] * (len(lines) - 1)


def test_the_place_of_a_fault_of_ours_is_in_the_package(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arazzo_runner.cli.show.Show.perform", lambda self: [][1])
    assert guarded(lambda: call("arazzo", COMMANDS, ["show", "f"])) == 3
    assert f"IndexError at {Path('arazzo_runner', 'cli', 'commands.py')}:" in capsys.readouterr().err
    assert sys.exc_info() == (None, None, None)

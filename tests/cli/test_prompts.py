import sys
from pathlib import Path

import pytest

from arazzo_runner.cli import prompts
from arazzo_runner.cli.inputs import Given, Wanted
from arazzo_runner.errors import InputsError
from arazzo_runner.program.model import InputSchema
from arazzo_runner.values import JSON
from tests.cli.loopback import Loopback
from tests.cli.terminal import converse

PROPERTIES: dict[str, JSON] = {
    "hub": {"type": "string", "description": "Which\n  hub."},
    "count": {"type": "integer"},
    "colour": {"enum": ["red", "blue"]},
    "accessToken": {"type": "string"},
}


def wanted(*required: str, others: dict[str, InputSchema] | None = None) -> Wanted:
    return Wanted("main", InputSchema(None, PROPERTIES, required), others or {})


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the person types, line by line; nothing more is the end of the input."""
    lines: list[str] = []

    def readline() -> str:
        return lines.pop(0) + "\n" if lines else ""

    def hidden(prompt: str, stream: object) -> str:
        if not lines:
            raise EOFError
        return lines.pop(0)

    monkeypatch.setattr(sys.stdin, "readline", readline, raising=False)
    monkeypatch.setattr(prompts, "getpass", hidden)
    return lines


def test_what_is_missing_is_asked_for(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["chat, the first", "5", "red", "sesame"]
    given = Given()
    prompts.ask_missing(given, wanted("hub", "count", "colour", "accessToken"))
    assert given.inputs == {"hub": "chat, the first", "count": 5, "colour": "red", "accessToken": "sesame"}
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] == "hub: Which hub."
    assert "count [an integer]\n" in err
    assert "colour [one of red, blue]\n" in err
    assert "sesame" not in err


def test_what_is_there_is_not_asked_for(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    prompts.ask_missing(Given({"hub": "x"}), wanted("hub"))
    assert capsys.readouterr() == ("", "")


def test_workflows_that_run_before_are_asked_for_by_name(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["me"]
    given = Given()
    before = InputSchema(None, {"user": {"type": "string"}}, ("user",))
    prompts.ask_missing(given, wanted(others={"login": before}))
    assert given.inputs_for == {"login": {"user": "me"}}
    assert "login:user\n" in capsys.readouterr().err


def test_an_answer_that_does_not_fit_is_asked_for_again(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["", "many", "5"]
    given = Given()
    prompts.ask_missing(given, wanted("count"))
    assert given.inputs == {"count": 5}
    err = capsys.readouterr().err
    assert "a value is needed" in err
    assert "that does not fit: it should be an integer" in err


@pytest.mark.parametrize("answers", [[], ["", "x", "y", "5"]])
def test_without_a_usable_answer_the_run_is_refused(typed: list[str], answers: list[str]) -> None:
    typed += answers
    with pytest.raises(InputsError, match=r"input 'count' is required, and was not given\n  give it with -i count="):
        prompts.ask_missing(Given(), wanted("count"))


def test_a_description_can_not_act_on_the_terminal(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["x"]
    schema = InputSchema(None, {"a": {"description": "\x1b[2J"}}, ("a",))
    prompts.ask_missing(Given(), Wanted("main", schema))
    assert "\x1b" not in capsys.readouterr().err


def test_a_script_is_never_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert not prompts.is_possible()


# ---------------------------------------------------------------- at a real terminal


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal to test with")
def test_a_person_at_a_terminal_is_asked(project: Path, reference: str, pubsub: Loopback) -> None:
    flags = ["run", reference, "--server", pubsub.url, "-i", "hub=chat"]
    code, shown = converse(project, flags, [("(hidden): ", "sesame-open\n"), ("  : ", "hello\n")])
    assert code == 0, shown
    assert pubsub.asked[1].body == b"hello"
    assert pubsub.asked[1].headers["Authorization"] == "Bearer sesame-open"
    assert "sesame-open" not in shown
    assert "\x1b[" in shown
    assert "broadcastStatus" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal to test with")
def test_nobody_is_asked_with_no_input(project: Path, reference: str, pubsub: Loopback) -> None:
    code, shown = converse(project, ["run", reference, "--no-input", "--server", pubsub.url], [])
    assert code == 2
    assert "give what is missing" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal to test with")
def test_a_person_can_give_up(project: Path, reference: str, pubsub: Loopback) -> None:
    flags = ["run", reference, "--server", pubsub.url]
    code, shown = converse(project, flags, [("(hidden): ", "\x03")])
    assert code == 130
    assert "interrupted" in shown
    code, shown = converse(project, flags, [("(hidden): ", "\x04")])
    assert code == 2
    assert "input 'accessToken' is required" in shown
    assert pubsub.asked == []


def test_a_secret_is_asked_for_by_its_name(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["", "s3cret"]
    assert prompts.ask_secret("the credential 'bearer'") == "s3cret"
    asked = capsys.readouterr().err
    assert asked == "the credential 'bearer'\n  a value is needed; Ctrl-C ends the run\n"


@pytest.mark.parametrize("answers", [[], ["", "", ""]])
def test_a_secret_that_is_not_given_ends_it(typed: list[str], answers: list[str]) -> None:
    typed += answers
    with pytest.raises(InputsError, match="the credential is asked for, and was not given"):
        prompts.ask_secret("the credential")

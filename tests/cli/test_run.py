import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from arazzo_runner.cli.run import EXITS
from tests import canaries
from tests.cli.invocation import Command
from tests.cli.loopback import Answer, Asked, Loopback

SECRET = "sesame-open-the-door"
MINTED = canaries.TOKEN
WARNED = (
    "warning[reading-P1]: '$inputs.accessToken' in a longer string lacks its braces: read as '{$inputs.accessToken}'"
)
INPUTS = ("-i", f"accessToken={SECRET}", "-i", "hub=chat", "-i", "message=hello")


def test_the_reference_workflow_runs(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--workflow", "generate-token-then-broadcast", *INPUTS)
    assert ended.code == 0
    assert ended.out == "token: [redacted]\nbroadcastStatus: 202\n"
    assert "✓ generateToken  200 OK" in ended.err
    assert "warning[reading-P1]" in ended.err
    assert "✓ generate-token-then-broadcast succeeded: 2 steps, 2 requests" in ended.err
    assert "Outputs" not in ended.err
    assert [asked.line for asked in pubsub.asked] == [
        "POST /api/hubs/chat/:generateToken?api-version=2024-01-01&minutesToExpire=60",
        "POST /api/hubs/chat/:send?api-version=2024-01-01",
    ]
    assert [asked.body for asked in pubsub.asked] == [b"", b"hello"]
    for secret in (SECRET, MINTED):
        assert secret not in ended.out + ended.err


def test_everything_is_plain_lines_without_a_terminal(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, *INPUTS)
    assert "\x1b" not in ended.out + ended.err
    assert "\r" not in ended.err


@pytest.mark.parametrize(("setting", "coloured"), [({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_can_be_asked_for(
    arazzo: Command,
    pubsub: Loopback,
    reference: str,
    monkeypatch: pytest.MonkeyPatch,
    setting: dict[str, str],
    coloured: bool,
) -> None:
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    ended = arazzo("run", reference, "--server", pubsub.url, *INPUTS)
    assert ("\x1b[" in ended.err) is coloured


def test_inputs_come_from_flag_file_environment_and_default(
    arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inputs.yaml").write_text("hub: file\nmessage: 'from, a file = yes'\n", encoding="utf-8")
    (tmp_path / ".env").write_text(
        f"ARAZZO_INPUT_ACCESSTOKEN='{SECRET}'\nARAZZO_INPUT_HUB=env-file\n", encoding="utf-8"
    )
    monkeypatch.setenv("ARAZZO_INPUT_MINUTESTOEXPIRE", "5")
    flags = ("--inputs", str(tmp_path / "inputs.yaml"), "--env-file", str(tmp_path / ".env"), "-i", "hub=a/b c")
    ended = arazzo("run", reference, "--server", pubsub.url, *flags)
    assert ended.code == 0, ended.err
    assert pubsub.asked[0].line.endswith("/a%2Fb%20c/:generateToken?api-version=2024-01-01&minutesToExpire=5")
    assert pubsub.asked[1].body == b"from, a file = yes"
    assert pubsub.asked[1].headers["Authorization"] == f"Bearer {SECRET}"


def test_document_and_inputs_come_from_standard_input(
    arazzo: Command, pubsub: Loopback, reference: str, project: Path
) -> None:
    source = "webPubSubApi=specs/openapi/microsoft-azure-web-pubsub-openapi.yml"
    document = (project / reference).read_bytes()
    ended = arazzo("run", "-", "--source", source, "--server", f"webPubSubApi={pubsub.url}", *INPUTS, stdin=document)
    assert ended.code == 0, ended.err
    given = json.dumps({"accessToken": SECRET, "hub": "chat", "message": "ü"}).encode()
    assert arazzo("run", reference, "--server", pubsub.url, "--inputs", "-", stdin=given).code == 0
    ended = arazzo("run", reference, "--server", pubsub.url, *INPUTS[:4], "-i", "message@=-", stdin=b"piped\n")
    assert ended.code == 0
    assert pubsub.asked[-1].body == b"piped\n"


@pytest.mark.parametrize("flags", [("-", "--inputs", "-"), ("-", "-i", "a@=-"), ("x", "-i", "a@=-", "--inputs", "-")])
def test_standard_input_is_read_once(arazzo: Command, flags: tuple[str, ...]) -> None:
    ended = arazzo("run", *flags)
    assert (ended.code, ended.out) == (2, "")
    assert "standard input (-) is named twice" in ended.err


# ---------------------------------------------------------------- what is written


def test_json_is_the_only_thing_on_standard_output(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--json", *INPUTS)
    result = json.loads(ended.out)
    assert (ended.code, result["status"]) == (0, "succeeded")
    assert ended.err == f"{reference}:60:22: {WARNED} (the first of 2)\n"
    assert result["outputs"] == {"token": "[redacted]", "broadcastStatus": 202}
    assert SECRET not in ended.out
    assert MINTED not in ended.out


@pytest.mark.shows_secrets
def test_secrets_are_shown_when_asked_for(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--json", "--show-secrets", *INPUTS)
    assert json.loads(ended.out)["outputs"]["token"] == MINTED
    assert arazzo("run", reference, "--server", pubsub.url, "--show-secrets", *INPUTS).out.startswith(
        f"token: {MINTED}"
    )


@pytest.mark.parametrize(("name", "expected"), [("token", MINTED + "\n"), ("broadcastStatus", "202\n")])
@pytest.mark.shows_secrets
def test_one_output_comes_alone_and_in_the_clear(
    arazzo: Command, pubsub: Loopback, reference: str, name: str, expected: str
) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--output", name, *INPUTS)
    assert (ended.code, ended.out) == (0, expected)
    assert ended.err == f"{reference}:60:22: {WARNED} (the first of 2)\n"
    quiet = arazzo("run", reference, "--server", pubsub.url, "--output", name, "--quiet", *INPUTS)
    assert quiet == (0, expected, "")


@pytest.mark.parametrize("flags", [(), ("--quiet",)])
def test_an_output_that_found_nothing_is_told_whoever_asked_for_it(
    arazzo: Command, pubsub: Loopback, reference: str, flags: tuple[str, ...]
) -> None:
    pubsub.answer = lambda asked: Answer(200, b"{}") if ":generateToken" in asked.line else Answer(202)
    ended = arazzo("run", reference, "--server", pubsub.url, "--output", "token", *flags, *INPUTS)
    assert (ended.code, ended.out) == (0, "null\n")
    assert "output 'token' of workflow 'generate-token-then-broadcast' is null" in ended.err
    assert ended.err.startswith("warning: ") is bool(flags)
    other = arazzo("run", reference, "--server", pubsub.url, "--output", "broadcastStatus", "--quiet", *INPUTS)
    assert other == (0, "202\n", "")


def test_an_output_that_is_null_is_no_doubt(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    pubsub.answer = lambda asked: Answer(200, b'{"token": null}') if ":generateToken" in asked.line else Answer(202)
    ended = arazzo("run", reference, "--server", pubsub.url, "--output", "token", "--quiet", *INPUTS)
    assert ended == (0, "null\n", "")


def test_quiet_says_nothing_but_the_outputs(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--quiet", *INPUTS)
    assert (ended.code, ended.out, ended.err) == (0, "token: [redacted]\nbroadcastStatus: 202\n", "")


def test_verbose_tells_the_exchange_without_secrets(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--verbose", *INPUTS)
    assert "> POST " in ended.err
    assert "< 202 Accepted" in ended.err
    assert "Authorization: [redacted]" in ended.err
    assert SECRET not in ended.err
    assert MINTED not in ended.err


# ---------------------------------------------------------------- exit codes


def test_each_status_has_its_exit_code() -> None:
    assert {status.value: int(code) for status, code in EXITS.items()} == {"succeeded": 0, "failed": 1, "stopped": 3}


@pytest.mark.parametrize("flags", [(), ("--json",), ("--output", "token"), ("--quiet",)])
def test_a_failed_workflow_is_1_and_says_what_was_seen(
    arazzo: Command, pubsub: Loopback, reference: str, flags: tuple[str, ...]
) -> None:
    pubsub.answer = lambda asked: Answer(500, b'{"message": "out of order"}')
    ended = arazzo("run", reference, "--server", pubsub.url, *flags, *INPUTS)
    assert ended.code == 1
    assert "$statusCode == 200" in ended.err
    assert "500" in ended.err
    assert (json.loads(ended.out)["status"] == "failed") if flags == ("--json",) else ended.out == ""


def test_a_server_that_refuses_is_1(arazzo: Command, reference: str) -> None:
    ended = arazzo("run", reference, "--server", "http://127.0.0.1:1", *INPUTS)
    assert ended.code == 1
    assert "connection was refused" in ended.err


def test_a_limit_is_3_and_said_once(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--max-steps", "2", *INPUTS)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.count("--max-steps") == 1
    assert "the limit max_steps was reached: it counts every try of a step" in ended.err
    ended = arazzo("run", reference, "--server", pubsub.url, "--max-steps", "2", "--json", *INPUTS)
    assert (ended.code, json.loads(ended.out)["limit"]) == (3, "max_steps")


REFUSALS = [
    (("nowhere.yml",), "error: cannot read nowhere.yml: there is no such file"),
    (("R", "--workflow", "generate-token-then-brodcast"), "did you mean 'generate-token-then-broadcast'?"),
    (("R", "-i", "hub=chat"), "give what is missing: -i accessToken=... -i message=..."),
    (("R", "-i", "hbu=chat"), "no input 'hbu'\n  did you mean 'hub'?"),
    (
        ("R", *INPUTS, "-i", "minutesToExpire=soon"),
        "input 'minutesToExpire': 'soon' does not fit: it should be an integer",
    ),
    (("R", *INPUTS, "--output", "tokn"), "has no such output\n  did you mean 'token'?"),
    (("R", *INPUTS, "--server", "webPubSub=http://x"), "did you mean 'webPubSubApi'?"),
    (("R", *INPUTS, "--server", "localhost:80"), "'localhost:80' is no absolute http or https URL"),
    (("R", *INPUTS, "--server-variable", "instanc=x"), "did you mean 'instance'?"),
    (("R", *INPUTS, "--source", "api=x"), "there is no source 'api'"),
    (("R", *INPUTS, "--source", "webPubSubApi=nowhere"), "source 'webPubSubApi' cannot be read"),
    (("R", *INPUTS, "--auth", "barer=abcdefgh"), "did you mean 'bearer'?"),
    (("R", *INPUTS, "--auth", "bearer="), "--auth bearer: the value is empty"),
    (("R", *INPUTS, "--env-file", "nowhere.env"), "--env-file nowhere.env: No such file"),
    (("R", *INPUTS, "--inputs", "nowhere.json"), "--inputs: 'nowhere.json' can't be read"),
    (("R", *INPUTS, "--json", "--output", "token"), "--json and --output both want standard output"),
    (("R", *INPUTS, "--quiet", "--verbose"), "contradict each other"),
    (("R", *INPUTS, "--timeout", "inf"), "--timeout: not a number of seconds"),
    (("R", *INPUTS, "--timeout", "nan"), "--timeout: not a number of seconds"),
]


@pytest.mark.parametrize(("arguments", "complaint"), REFUSALS)
def test_what_can_not_run_is_2_and_one_clear_message(
    arazzo: Command, pubsub: Loopback, reference: str, arguments: tuple[str, ...], complaint: str
) -> None:
    named = [reference if argument == "R" else argument for argument in arguments]
    server = () if "--server" in named else ("--server", pubsub.url)
    ended = arazzo("run", *named, *server)
    assert ended.code == 2
    assert complaint in ended.err
    assert "Traceback" not in ended.err
    assert SECRET not in ended.err
    assert "abcdefgh" not in ended.err
    assert pubsub.asked == []
    if "--json" not in named:
        assert ended.out == ""


@pytest.mark.parametrize("flag", ["--timeout=0", "--max-steps=0", "--max-steps=many", "--seed=x", "--nonsense"])
def test_flags_that_typer_refuses_are_2(arazzo: Command, reference: str, flag: str) -> None:
    ended = arazzo("run", reference, flag)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: ")
    assert "'arazzo run --help' says what can be given" in ended.err


def test_a_refused_run_is_json_too(arazzo: Command, pubsub: Loopback, reference: str) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--json", "-i", "hub=chat")
    result = json.loads(ended.out)
    assert (ended.code, result["status"], result["workflow"]) == (2, "refused", "generate-token-then-broadcast")
    assert "accessToken" in result["error"]["message"]
    assert "error: the inputs of workflow" in ended.err


def test_a_fault_of_the_document_shows_its_line(arazzo: Command, tmp_path: Path, reference: str, project: Path) -> None:
    broken = tmp_path / "broken.yml"
    text = (project / reference).read_text("utf-8").replace("$statusCode == 202", "$statusCode == ")
    broken.write_text(text, encoding="utf-8")
    source = "webPubSubApi=specs/openapi/microsoft-azure-web-pubsub-openapi.yml"
    ended = arazzo("run", str(broken), "--source", source, *INPUTS)
    assert ended.code == 2
    assert f"{broken}:" in ended.err
    assert "- condition: $statusCode ==" in ended.err


def test_variables_of_no_input_are_told(
    arazzo: Command, pubsub: Loopback, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARAZZO_INPUT_HUUB", SECRET)
    monkeypatch.setenv("ARAZZO_AUTH_BEARER_TOKEN", SECRET)
    ended = arazzo("run", reference, "--server", pubsub.url, *INPUTS)
    assert ended.code == 0
    assert "warning: ARAZZO_INPUT_HUUB is set" in ended.err
    assert "warning: ARAZZO_AUTH_BEARER_TOKEN is set" in ended.err
    assert SECRET not in ended.err
    assert arazzo("run", reference, "--server", pubsub.url, "--quiet", *INPUTS).err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to one process alone is a thing of POSIX")
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_an_interrupt_is_130_and_leaves_whole_output(
    pubsub: Loopback, project: Path, reference: str, flags: tuple[str, ...]
) -> None:
    asked, done = threading.Event(), threading.Event()

    def hang(request: Asked) -> Answer:
        asked.set()
        done.wait(30)
        return Answer(500)

    pubsub.answer = hang
    process = subprocess.Popen(
        [sys.executable, "-m", "arazzo_runner", "run", reference, "--server", pubsub.url, *INPUTS, *flags],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert asked.wait(30)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    done.set()
    assert process.returncode == 130
    assert err.endswith("interrupted\n")
    assert "Traceback" not in err
    assert (json.loads(out)["status"] == "stopped") if flags else out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to one process alone is a thing of POSIX")
def test_an_impatient_person_gets_the_same_end(pubsub: Loopback, project: Path, reference: str) -> None:
    asked, done = threading.Event(), threading.Event()

    def hang(request: Asked) -> Answer:
        asked.set()
        done.wait(30)
        return Answer(500)

    pubsub.answer = hang
    process = subprocess.Popen(
        [sys.executable, "-m", "arazzo_runner", "run", reference, "--server", pubsub.url, *INPUTS],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert asked.wait(30)
    for _ in range(10_000):
        process.send_signal(signal.SIGINT)
        try:
            process.wait(0.005)
            break
        except subprocess.TimeoutExpired:
            continue
    _, err = process.communicate(timeout=30)
    done.set()
    assert process.returncode == 130
    assert err.endswith("interrupted\n")
    assert "Traceback" not in err


def test_an_output_of_a_workflow_that_was_left_is_3(arazzo: Command, tmp_path: Path, pubsub: Loopback) -> None:
    (tmp_path / "api.yml").write_text(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nservers: [{url: http://h}]\n"
        "paths: {/ping: {get: {operationId: ping, responses: {'200': {description: ok}}}}}\n",
        encoding="utf-8",
    )
    flows = tmp_path / "flows.yml"
    flows.write_text(
        "arazzo: 1.0.1\ninfo: {title: t, version: '1'}\nsourceDescriptions: [{name: api, url: api.yml, type: openapi}]\n"
        "workflows:\n"
        "- workflowId: main\n  outputs: {own: $steps.s.outputs.code}\n  steps:\n"
        "  - {stepId: s, operationId: ping, outputs: {code: $statusCode}, "
        "onSuccess: [{name: go, type: goto, workflowId: next}]}\n"
        "- workflowId: next\n  outputs: {handed: $steps.s.outputs.code}\n  steps:\n"
        "  - {stepId: s, operationId: ping, outputs: {code: $statusCode}}\n",
        encoding="utf-8",
    )
    pubsub.answer = lambda asked: Answer(200)
    run = ("run", str(flows), "--workflow", "main", "--server", pubsub.url)
    assert arazzo(*run, "--output", "handed") == (0, "200\n", "")
    ended = arazzo(*run, "--output", "own")
    assert (ended.code, ended.out) == (3, "")
    assert "the run ended in workflow 'next', which has no such output" in ended.err
    ended = arazzo("run", str(flows), "--server", pubsub.url)
    assert (ended.code, ended.out) == (2, "")
    assert "has 2 workflows\n  name one of them:\n  main\n  next\n" in ended.err

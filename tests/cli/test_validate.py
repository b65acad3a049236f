import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.invocation import Command

SOUND = """
arazzo: 1.0.1
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows: [{workflowId: w, steps: [{stepId: s, operationId: ping}]}]
"""
API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: http://h}]
paths: {/ping: {get: {operationId: ping, responses: {'200': {description: ok}}}}}
"""


@pytest.fixture
def broken(tmp_path: Path, project: Path, reference: str) -> str:
    """The reference workflow with an unknown operation, beside its API description."""
    for folder in ("arazzo", "openapi"):
        (tmp_path / folder).mkdir()
    text = (project / reference).read_text("utf-8").replace("webPubSub_sendToAll", "webPubSub_sendToAl")
    (tmp_path / "arazzo" / "broken.yml").write_text(text, encoding="utf-8")
    description = "microsoft-azure-web-pubsub-openapi.yml"
    (tmp_path / "openapi" / description).write_bytes((project / "specs" / "openapi" / description).read_bytes())
    return str(tmp_path / "arazzo" / "broken.yml")


def test_warnings_are_told_and_are_no_failure(arazzo: Command, reference: str) -> None:
    ended = arazzo("validate", reference)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count("warning[reading-P1]") == 2
    assert f"--> {reference}:60:22" in ended.out
    assert ended.out.endswith("2 warnings in 1 file\n")


def test_errors_are_1_with_the_line_shown(arazzo: Command, broken: str, reference: str) -> None:
    ended = arazzo("validate", reference, broken)
    assert (ended.code, ended.err) == (1, "")
    assert f"{broken}:80:18" in ended.out
    assert "operationId: webPubSub_sendToAl" in ended.out
    assert "webPubSub_sendToAll" in ended.out
    assert ended.out.splitlines()[-1].startswith("1 error, ")


def test_strict_reads_literally(arazzo: Command, reference: str) -> None:
    ended = arazzo("validate", reference, "--strict")
    assert "reading-P1" not in ended.out


def test_json_is_as_its_schema_says(arazzo: Command, broken: str, project: Path) -> None:
    ended = arazzo("validate", broken, "--json")
    found = json.loads(ended.out)
    assert (ended.code, ended.err) == (1, "")
    jsonschema.validate(
        found, json.loads((project / "arazzo_runner/reports/findings/findings.schema.json").read_text())
    )
    assert (found["summary"]["errors"], found["summary"]["files"]) == (1, 1)


def test_the_files_are_those_that_were_judged(arazzo: Command, reference: str, broken: str, tmp_path: Path) -> None:
    sound = tmp_path / "sound.yml"
    sound.write_text(SOUND, encoding="utf-8")
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    assert arazzo("validate", str(sound)) == (0, "no findings in 1 file\n", "")
    for files, judged in (((sound,), 1), ((sound, sound, broken), 2), (("nowhere.yml", reference), 1)):
        found = json.loads(arazzo("validate", *map(str, files), "--json").out)
        assert found["summary"]["files"] == judged


def test_a_file_that_can_not_be_read_is_2_and_the_others_are_judged(arazzo: Command, broken: str) -> None:
    ended = arazzo("validate", "nowhere.yml", broken)
    assert (ended.code, ended.err) == (2, "")
    assert "error[document-unreadable]: cannot read nowhere.yml: there is no such file" in ended.out
    assert ended.out.splitlines()[-1].startswith("2 errors, ")


def test_text_that_does_not_parse_is_1(arazzo: Command) -> None:
    ended = arazzo("validate", "-", stdin=b"arazzo: 1.0.1\ninfo: [\n")
    assert (ended.code, ended.err) == (1, "")
    assert "error[syntax-" in ended.out
    assert "<stdin>:" in ended.out


def test_a_source_can_be_replaced_where_it_is_declared(arazzo: Command, reference: str, tmp_path: Path) -> None:
    other = tmp_path / "other.yml"
    other.write_text(SOUND.replace("api.yml", "nowhere.yml"), encoding="utf-8")
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    assert arazzo("validate", reference, str(other)).code == 1
    assert arazzo("validate", reference, str(other), "--source", f"api={tmp_path / 'api.yml'}").code == 0
    ended = arazzo("validate", reference, str(other), "--source", "ap=x")
    assert (ended.code, ended.out) == (2, "")
    assert "no document has a source 'ap'\n  did you mean 'api'?" in ended.err


def test_usage_is_2(arazzo: Command) -> None:
    assert arazzo("validate").code == 2
    ended = arazzo("validate", "-", "-")
    assert (ended.code, ended.out) == (2, "")
    assert "standard input (-) is named twice" in ended.err


FAULTY = SOUND.replace("operationId: ping", "operationId: pong").replace(
    "stepId: s,", "stepId: s, oddity: 1, parameters: [{name: n, in: query, value: v}],"
)


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """A document with an error and a warning, beside its API description."""
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    (tmp_path / "faulty.yml").write_text(FAULTY, encoding="utf-8")
    return str(tmp_path / "faulty.yml")


@pytest.mark.parametrize(
    ("flags", "codes", "code"),
    [
        ((), ["operation-unknown", "structure-unknown-field"], 1),
        (("--select", "structure"), ["structure-unknown-field"], 0),
        (("--select", "structure,operation"), ["operation-unknown", "structure-unknown-field"], 1),
        (("--ignore", "operation"), ["structure-unknown-field"], 0),
        (("--ignore", "operation", "--fail-on", "warning"), ["structure-unknown-field"], 1),
        (("--ignore", "operation", "--ignore", "structure"), [], 0),
        (("--max", "1"), ["operation-unknown"], 1),
        (("--max", "0"), [], 1),
    ],
)
def test_what_is_told_and_what_fails(
    arazzo: Command, faulty: str, flags: tuple[str, ...], codes: list[str], code: int
) -> None:
    ended = arazzo("validate", faulty, "--json", *flags)
    assert [each["code"] for each in json.loads(ended.out)["findings"]] == codes
    assert ended.code == code


def test_what_is_not_told_is_counted(arazzo: Command, faulty: str) -> None:
    assert arazzo("validate", faulty, "--max", "1").out.endswith("1 error, 1 warning in 1 file (1 finding not shown)\n")


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--format", "sarf"), "there is no format 'sarf'\n  did you mean 'sarif'?"),
        (("--select", "structur"), "there is no code 'structur'\n  did you mean 'structure'?"),
        (("--fail-on", "never"), "there is no severity 'never'"),
        (("--json", "--format", "sarif"), "contradict each other"),
        (("--output", "no/such/folder/x"), "'no/such/folder/x' can't be written: No such file"),
    ],
)
def test_flags_that_can_not_be_meant_are_2(arazzo: Command, faulty: str, flags: tuple[str, ...], message: str) -> None:
    ended = arazzo("validate", faulty, *flags)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


@pytest.mark.parametrize("name", ["full", "concise", "json", "sarif", "github", "junit"])
def test_each_format_goes_to_a_file_too(arazzo: Command, faulty: str, tmp_path: Path, name: str) -> None:
    shown = arazzo("validate", faulty, "--format", name)
    ended = arazzo("validate", faulty, "--format", name, "--output", str(tmp_path / "out"))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"1 error, 1 warning in 1 file, written to {tmp_path / 'out'}\n"
    assert (tmp_path / "out").read_text("utf-8") == shown.out
    assert "operation-unknown" in shown.out


def test_a_folder_is_searched(arazzo: Command, faulty: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "sound.yml").write_text(SOUND.replace("api.yml", "../api.yml"), encoding="utf-8")
    found = json.loads(arazzo("validate", str(tmp_path), "--json").out)
    assert (found["summary"]["files"], found["summary"]["errors"]) == (2, 1)
    ended = arazzo("validate", str(tmp_path / "*.txt"))
    assert ended.code == 2
    assert "there is no Arazzo document in the pattern" in ended.err


def test_without_sources_what_was_not_checked_is_told(arazzo: Command, faulty: str) -> None:
    ended = arazzo("validate", faulty, "--no-sources")
    assert ended.code == 0
    assert "note[source-not-checked]" in ended.out
    assert "operation-unknown" not in ended.out
    assert "structure-unknown-field" in ended.out


def test_a_document_hides_warnings_and_no_errors(arazzo: Command, faulty: str, tmp_path: Path) -> None:
    text = FAULTY.replace("info:", "x-validate-ignore: [structure, operation]\ninfo:")
    (tmp_path / "faulty.yml").write_text(text, encoding="utf-8")
    ended = arazzo("validate", faulty)
    assert ended.code == 1
    assert "structure-unknown-field" not in ended.out
    assert "error[operation-unknown]" in ended.out
    assert "names 'operation', which is an error there" in ended.out.replace("\n  ", " ")


def test_watching_judges_again_until_ctrl_c(
    arazzo: Command, faulty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = iter([FAULTY, SOUND, "arazzo: [", SOUND])

    def wait(seconds: float) -> None:
        text = next(turns, None)
        if text is None:
            raise KeyboardInterrupt
        (tmp_path / "faulty.yml").write_text(text + "\n", encoding="utf-8")

    monkeypatch.setattr("arazzo_runner.cli.validate.time.sleep", wait)
    ended = arazzo("validate", faulty, "--watch", "--format", "concise")
    assert ended.code == 0
    assert ended.out.count("error[operation-unknown]") == 2
    assert ended.out.count("error[syntax-") == 1
    assert ended.err.count("watching 2 files and folders, Ctrl-C ends it") >= 3


def test_standard_input_is_not_watched(arazzo: Command) -> None:
    ended = arazzo("validate", "-", "--watch")
    assert (ended.code, ended.out) == (2, "")
    assert "standard input can't be watched" in ended.err


def test_a_file_that_can_not_be_read_is_told_whatever_is_selected(arazzo: Command, faulty: str) -> None:
    for flags in (("--select", "structure"), ("--ignore", "document,operation")):
        ended = arazzo("validate", faulty, "nowhere.yml", *flags, "--format", "concise")
        assert ended.code == 2
        assert ended.out.splitlines()[0].startswith("error[document-unreadable]: cannot read nowhere.yml")
        assert len(ended.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("settings", "flags", "codes", "code"),
    [
        ("ignore = ['structure']", (), ["operation-unknown"], 1),
        ("ignore = ['operation']", (), ["operation-unknown", "structure-unknown-field"], 1),
        ("select = ['reading']", (), ["operation-unknown"], 1),
        ("select = ['reading']", ("--select", "structure"), ["structure-unknown-field"], 0),
        ("fail-on = 'warning'", ("--ignore", "operation"), ["structure-unknown-field"], 1),
        ("fail-on = 'warning'", ("--ignore", "operation", "--fail-on", "error"), ["structure-unknown-field"], 0),
        ("ignore = ['structure']", ("--no-config",), ["operation-unknown", "structure-unknown-field"], 1),
    ],
)
def test_a_project_hides_warnings_and_no_errors(
    arazzo: Command, faulty: str, tmp_path: Path, settings: str, flags: tuple[str, ...], codes: list[str], code: int
) -> None:
    (tmp_path / "arazzo.toml").write_text(f"[validate]\n{settings}\n", encoding="utf-8")
    config = () if "--no-config" in flags else ("--config", str(tmp_path / "arazzo.toml"))
    ended = arazzo("validate", faulty, "--json", *config, *flags)
    assert [each["code"] for each in json.loads(ended.out)["findings"]] == codes
    assert ended.code == code


def test_a_code_of_the_project_that_does_not_exist_is_2(arazzo: Command, faulty: str, tmp_path: Path) -> None:
    (tmp_path / "arazzo.toml").write_text("[validate]\nignore = ['structur']\n", encoding="utf-8")
    ended = arazzo("validate", faulty, "--config", str(tmp_path / "arazzo.toml"))
    assert (ended.code, ended.out) == (2, "")
    assert "ignore: there is no code 'structur'\n  did you mean 'structure'?" in ended.err

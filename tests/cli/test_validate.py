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
    for files, judged in (((sound,), 1), ((sound, sound, broken), 3), (("nowhere.yml", reference), 1)):
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

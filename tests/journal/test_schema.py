"""The schema beside the package is what the types say, and the lines of a real journal satisfy it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import arazzo_runner.journal.schema as schema
from arazzo_runner.api import Options, load, prepare
from arazzo_runner.api.running import EventStream

REFERENCE = Path("specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml")
WRITTEN = json.loads(Path(schema.__file__).with_name("line.schema.json").read_text("utf-8"))


def test_the_file_is_what_the_types_say() -> None:
    assert schema.line_schema() == WRITTEN, "run: python -m arazzo_runner.journal.schema"


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(WRITTEN)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    where = tmp_path_factory.mktemp("journal") / "run.ndjson"
    with EventStream(prepare(load(REFERENCE), None, Options(mock=True)), journal=where) as stream:
        assert stream.result.succeeded
    return [json.loads(line) for line in where.read_text("utf-8").splitlines()]


def test_every_line_of_a_journal_satisfies_it(lines: list[dict[str, object]]) -> None:
    judge = jsonschema.Draft202012Validator(WRITTEN)
    assert len(lines) > 10
    for line in lines:
        judge.validate(line)


@pytest.mark.parametrize("member", ["version", "document", "workflow"])
def test_a_head_without_a_member_breaks_it(lines: list[dict[str, object]], member: str) -> None:
    broken = {name: value for name, value in lines[0].items() if name != member}
    assert not jsonschema.Draft202012Validator(WRITTEN).is_valid(broken)

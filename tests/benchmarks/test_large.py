import json
from pathlib import Path

import yaml

from arazzo_runner.api import check, load
from arazzo_runner.diagnostics import Severity
from benchmarks import large


def test_both_texts_hold_the_same_data() -> None:
    data = large.description(7)
    assert json.loads(large.as_json(data)) == data
    assert yaml.safe_load(large.as_yaml(data)) == data


def test_the_documents_have_no_fault(tmp_path: Path) -> None:
    found = load(large.write(tmp_path, 5, 3))
    assert [step.step_id for step in found.workflows[0].steps] == ["s0", "s1", "s2", "s3", "s4"]
    assert {one.severity for one in check(found)} <= {Severity.NOTE}


def test_it_is_as_large_as_the_rows_say() -> None:
    few = len(large.as_yaml(large.description(30)))
    assert 9_000 < len(large.as_yaml(large.description(3))) < 12_000
    assert 9.5e6 < few / 30 * large.OPERATIONS < 11e6

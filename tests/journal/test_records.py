"""The head of a journal holds what a run is made from, and no secret."""

from __future__ import annotations

from pathlib import Path

from arazzo_runner.api import Options
from arazzo_runner.journal.records import VERSION
from tests.journal.runs import flow, recorded, written


def test_the_head_says_how_the_run_was_begun(tmp_path: Path) -> None:
    document = written(tmp_path, flow())
    options = Options(mock=True, seed=7, check_level="warn", servers={"": "https://other.example.com"})
    header = recorded(tmp_path, document, {"name": "n", "password": "abc"}, options).header
    assert header.version == VERSION
    assert header.workflow == "make-and-get"
    assert header.document.uri == document.as_uri()
    assert len(header.document.digest) == 64
    assert header.settings.seed == 7
    assert header.options["mock"] is True
    assert header.inputs["name"] == "n"
    assert str(header.inputs["password"]).startswith("arazzoStandIn")


def test_no_secret_stands_in_it(tmp_path: Path) -> None:
    document = written(tmp_path, flow())
    journal = recorded(tmp_path, document, {"name": "n", "password": "the-secret-itself"})
    assert b"the-secret-itself" not in journal.path.read_bytes()
    assert b"the-secret-itself" in journal.path.with_name("run.ndjson.secrets").read_bytes()

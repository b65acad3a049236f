"""Hostile documents through the real command: its exit codes, and the name of the limit in what it writes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.programs import OPENAPI
from tests.hostile.collection import CASES

TABLE = [
    ("simple 100 KB of a chain", 2, "condition-too-large"),
    ("regex 10,000 groups", 2, "pattern-too-large"),
    ("a document 10,000 deep", 2, "syntax-too-deep"),
    ("a goto to itself", 3, "max_steps"),
    ("a workflow that calls itself", 3, "max_depth"),
]


@pytest.mark.parametrize(("name", "code", "limit"), TABLE, ids=[row[0] for row in TABLE])
def test_the_command_ends_as_its_table_says(name: str, code: int, limit: str, project: Path, tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(OPENAPI, "utf-8")
    (tmp_path / "hostile.arazzo.yaml").write_text(CASES[name].document(), "utf-8")
    words = [
        sys.executable,
        "-m",
        "arazzo_runner",
        "run",
        str(tmp_path / "hostile.arazzo.yaml"),
        "--workflow",
        "w",
        "--mock",
    ]
    done = subprocess.run(words, cwd=project, capture_output=True, timeout=300, check=False)
    told = (done.stdout + done.stderr).decode()
    assert (done.returncode, "Traceback" in told) == (code, False), told[-2_000:]
    assert limit in told

"""The floors of the house, held by import-linter; and each contract broken once, to show that it would notice."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

FLOORLESS = {"__init__", "__main__", "_version"}
RUN = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"


def lint(tree: Path) -> tuple[int, str]:
    """Runs the contracts of `tree` in a process of its own: import-linter must import that copy of the package."""
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=tree, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    shutil.copytree(project / "arazzo_runner", tmp_path / "arazzo_runner", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(project / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_keeps_its_contracts(project: Path) -> None:
    status, output = lint(project)
    assert status == 0, output
    assert " 0 broken." in output


@pytest.mark.parametrize(
    ("module", "source", "complaint"),
    [
        pytest.param(
            "expressions/planted.py",
            "import arazzo_runner.engine",
            "arazzo_runner.expressions is not allowed to import arazzo_runner.engine",
            id="up",
        ),
        pytest.param(
            "document/planted.py",
            "from arazzo_runner.expressions import scope",
            "arazzo_runner.document is not allowed to import arazzo_runner.expressions",
            id="sibling",
        ),
        pytest.param(
            "mock/planted.py",
            "def late() -> None:\n    from arazzo_runner.transports import transport",
            "arazzo_runner.mock is not allowed to import arazzo_runner.transports",
            id="sibling-late",
        ),
        pytest.param("planted.py", "", "not listed as layers: - arazzo_runner.planted", id="no-floor"),
        pytest.param("engine/planted.py", "import time", "arazzo_runner.engine.planted -> time", id="clock"),
        pytest.param("criteria/planted.py", "from random import random", "criteria.planted -> random", id="chance"),
        pytest.param("expressions/planted.py", "import logging", "expressions.planted -> logging", id="log"),
        pytest.param("program/planted.py", "import httpx2", "program.planted -> httpx2", id="network"),
        pytest.param(
            "engine/planted.py",
            "import arazzo_runner.sources.fetch",
            "engine.planted -> arazzo_runner.sources.fetch",
            id="network-by-a-chain",
        ),
        pytest.param("sources/planted.py", "import typer", "sources.planted -> typer", id="typer"),
        pytest.param("engine/planted.py", "from rich import print", "engine.planted -> rich", id="rich"),
        pytest.param(
            "drivers/planted.py", "from arazzo_runner import run", "drivers.planted -> arazzo_runner", id="door"
        ),
    ],
)
def test_a_planted_import_breaks_a_contract(copy: Path, module: str, source: str, complaint: str) -> None:
    with (copy / "arazzo_runner" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{source}\n")
    status, output = lint(copy)
    assert status == 1
    assert complaint in output


@pytest.mark.parametrize(
    ("module", "source"),
    [
        pytest.param("cli/planted.py", "import rich\nimport time\nimport typer", id="command"),
        pytest.param("reports/planted.py", "import rich", id="report"),
        pytest.param("engine/planted.py", "import datetime\nfrom arazzo_runner.values import JSON", id="down"),
    ],
)
def test_an_import_that_is_allowed_breaks_none(copy: Path, module: str, source: str) -> None:
    (copy / "arazzo_runner" / module).write_text(source, encoding="utf-8")
    status, output = lint(copy)
    assert status == 0, output


def test_the_contracts_name_every_room_without_io(project: Path) -> None:
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    contracts = {contract["id"]: contract for contract in settings["contracts"]}
    pure = {name.removeprefix("arazzo_runner.") for name in contracts["no-io"]["source_modules"]}
    assert pure == {"preview", "engine", "program", "contract", "criteria", "query", "expressions"}
    floors = " ".join(contracts["floors"]["layers"]).replace("(", " ").replace(")", " ")
    standing = {path.stem for path in (project / "arazzo_runner").iterdir() if path.suffix in ("", ".py")}
    assert standing - FLOORLESS - {"__pycache__"} <= set(floors.split())


def test_the_exceptions_import_what_they_carry_for_the_type_checker_alone(project: Path) -> None:
    script = (
        "import sys, arazzo_runner.errors; print(*(name for name in sys.modules if name.startswith('arazzo_runner')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=project)
    assert set(done.stdout.split()) <= {"arazzo_runner", "arazzo_runner._version", "arazzo_runner.errors"}

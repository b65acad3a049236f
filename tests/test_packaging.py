"""The project as it is installed: its metadata, what it needs and says it needs, and the commands that people copy."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest

DEVELOPERS_DAY = {"test", "types", "lint", "docs", "conformance"}
HEAVY = (
    "typer", "rich", "yaml", "msgspec", "httpx2", "jsonschema_rs", "asyncio", "ssl",
    "lxml", "elementpath", "jsonpath_rfc9535", "jsonpath_ng",
)  # fmt: skip
# Modules whose name is not that of the package that brings them.
MODULES = {
    "pyyaml": "yaml",
    "jsonschema-rs": "jsonschema_rs",
    "jsonpath-ng": "jsonpath_ng",
    "jsonpath-rfc9535": "jsonpath_rfc9535",
    **dict.fromkeys(
        ("opentelemetry-api", "opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http"), "opentelemetry"
    ),
}
GUARDS = {"TYPE_CHECKING", "typing.TYPE_CHECKING"}

posix = pytest.mark.skipif(sys.platform == "win32", reason=".ci/run is a script for bash")


@pytest.fixture(scope="module")
def settings(project: Path) -> dict[str, Any]:
    return tomllib.loads((project / "pyproject.toml").read_text("utf-8"))


def names(requirements: list[str]) -> set[str]:
    """The packages of a list of requirements, as they are written."""
    return {re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0] for requirement in requirements}


def outside_imports(folder: Path) -> set[str]:
    """The top-level names of what is imported below `folder` from outside it and the standard library.

    What stands under `if TYPE_CHECKING` is not imported by a run, so it needs no dependency.
    """
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        module = ast.parse(path.read_text("utf-8"))
        guards = [node for node in ast.walk(module) if isinstance(node, ast.If) and ast.unparse(node.test) in GUARDS]
        unseen = {id(part) for guard in guards for node in guard.body for part in ast.walk(node)}
        for node in ast.walk(module):
            if id(node) not in unseen:
                found |= {name.partition(".")[0] for name in imported_names(node)}
    return found - sys.stdlib_module_names - {folder.name}


def imported_names(node: ast.AST) -> list[str]:
    match node:
        case ast.Import():
            return [alias.name for alias in node.names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case _:
            return []


def documented(project: Path, heading: str) -> set[str]:
    """The packages in the table below a heading of docs/dependencies.md."""
    section = (project / "docs/dependencies.md").read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.M))


# ---------------------------------------------------------------- metadata


def test_the_version_has_one_home(settings: dict[str, Any]) -> None:
    from arazzo_runner._version import VERSION

    assert settings["project"]["dynamic"] == ["version"]
    assert settings["tool"]["hatch"]["version"]["path"] == "arazzo_runner/_version.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_the_installed_package_has_that_version() -> None:
    from arazzo_runner._version import VERSION

    try:
        installed = version("arazzo-flow")
    except PackageNotFoundError:
        pytest.skip("the package runs from its source here, and is not installed")
    assert installed == VERSION


def test_the_changelog_tells_of_this_version(project: Path) -> None:
    from arazzo_runner._version import VERSION

    headings = re.findall(r"^## (\S+)", (project / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert headings[0] == VERSION


def test_python_has_a_floor_and_no_cap(settings: dict[str, Any]) -> None:
    assert settings["project"]["requires-python"] == ">=3.11"


def test_the_command_and_the_type_marker_are_there(project: Path, settings: dict[str, Any]) -> None:
    assert settings["project"]["scripts"] == {"arazzo": "arazzo_runner.cli.app:main"}
    assert (project / "arazzo_runner/py.typed").is_file()
    assert "END OF TERMS AND CONDITIONS" in (project / "LICENSE").read_text("utf-8")


def test_a_developers_day_has_five_words(settings: dict[str, Any]) -> None:
    assert set(settings["tool"]["poe"]["tasks"]) == DEVELOPERS_DAY


# ---------------------------------------------------------------- dependencies


def test_each_dependency_is_bounded(settings: dict[str, Any]) -> None:
    for requirement in settings["project"]["dependencies"]:
        assert re.search(r">=[\d.]+,<[\d.]+$", requirement), requirement


def test_what_is_imported_is_declared_and_the_other_way_round(project: Path, settings: dict[str, Any]) -> None:
    declared = names(settings["project"]["dependencies"])
    for extra, requirements in settings["project"]["optional-dependencies"].items():
        declared |= names(requirements) if extra != "dev" else set()
    modules = {MODULES.get(name, name) for name in declared}
    assert outside_imports(project / "arazzo_runner") == modules


def test_an_import_that_nobody_declared_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import os, lxml.etree\ndef f():\n    from regex import compile\n", "utf-8")
    (tmp_path / "b.py").write_text("if TYPE_CHECKING:\n    import httpx\nelse:\n    import yaml\n", "utf-8")
    assert outside_imports(tmp_path) == {"lxml", "regex", "yaml"}


def test_each_dependency_has_its_line(project: Path, settings: dict[str, Any]) -> None:
    assert documented(project, "For a run") == names(settings["project"]["dependencies"])
    assert documented(project, "For development") == names(settings["project"]["optional-dependencies"]["dev"])


def test_the_version_is_answered_with_almost_no_import(project: Path) -> None:
    script = (
        "import sys; sys.argv = ['arazzo', '--version']\n"
        "from arazzo_runner.cli.app import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer, imported = done.stdout.splitlines()
    assert re.search(r"\b\d+\.\d+\.\d+\b", answer)
    assert imported == ""


# ---------------------------------------------------------------- the commands of the README


def readme_command(text: str, mark: str) -> str:
    found = re.search(rf"^<!-- {mark} -->\n```\w*\n(.+)\n```$", text, re.M)
    assert found, f"README.md has no one-line block directly after <!-- {mark} -->"
    return found[1]


def test_the_readme_has_its_two_commands(project: Path) -> None:
    text = (project / "README.md").read_text("utf-8")
    assert readme_command(text, "test-command").endswith("poe test")
    run = readme_command(text, "run-command")
    assert "arazzo run" in run
    assert "--mock" in run
    assert text.index("<!-- run-command -->") < text.index("<!-- test-command -->")


@posix
@pytest.mark.parametrize(
    ("readme", "complaint"),
    [
        pytest.param(None, "README.md is missing", id="no-readme"),
        pytest.param("# Nothing\n", "after <!-- test-command -->", id="no-mark"),
        pytest.param("<!-- test-command -->\n\n```\ntrue\n```\n", "after <!-- test-command -->", id="not-directly"),
        pytest.param("<!-- test-command -->\n```\ntrue\ntrue\n```\n", "after <!-- test-command -->", id="two-lines"),
        pytest.param("<!-- test-command -->\n```\n```\n", "after <!-- test-command -->", id="empty"),
        pytest.param("<!-- test-command -->\n```\ntrue\n", "after <!-- test-command -->", id="not-closed"),
        pytest.param("<!-- test-command -->\n```\ntrue\n```\n", "after <!-- run-command -->", id="no-run-mark"),
    ],
)
def test_ci_refuses_a_readme_without_its_command(
    project: Path, tmp_path: Path, readme: str | None, complaint: str
) -> None:
    shutil.copytree(project / ".ci", tmp_path / ".ci")
    if readme is not None:
        (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    done = run_ci(tmp_path)
    assert done.returncode == 1
    assert complaint in done.stderr
    assert "===" not in done.stdout


@posix
def test_ci_fails_with_the_readmes_command(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project / ".ci", tmp_path / ".ci")
    block = "<!-- {} -->\n```sh\n{}\n```\n"
    readme = block.format("run-command", "true") + block.format("test-command", "echo 3 failed && exit 7 | cat")
    (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    done = run_ci(tmp_path)
    assert done.returncode == 7
    assert "3 failed" in done.stdout
    assert "=== the test command of the README: FAILED (7)" in done.stdout


def run_ci(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", ".ci/run"], cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )

"""Program text in a condition, an expression, a payload or an answer is data: it is never executed."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint"}
FORBIDDEN_MODULES = {
    "pickle", "marshal", "shelve", "dill", "cloudpickle", "code", "codeop", "runpy", "ctypes", "jsonpickle", "jinja2",
}  # fmt: skip
FORBIDDEN_NAMES = {"UnsafeLoader", "FullLoader", "unsafe_load", "full_load", "XSLT", "XInclude", "FunctionNamespace"}


def faults(text: str) -> list[str]:
    """Return what in a module could execute a text."""
    found = []
    tree = ast.parse(text)
    bound = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS - bound:
                found.append(f"{node.lineno}: {name}()")
            case ast.Call(func=ast.Attribute(value=ast.Name(id="os"), attr=name)) if name.startswith(
                ("system", "popen", "exec", "spawn")
            ):
                found.append(f"{node.lineno}: os.{name}()")
            case ast.Import(names=names) if FORBIDDEN_MODULES & {one.name.partition(".")[0] for one in names}:
                found.append(f"{node.lineno}: import")
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in FORBIDDEN_MODULES:
                found.append(f"{node.lineno}: from {module} import")
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name) if name in FORBIDDEN_NAMES:
                found.append(f"{name}")
    return found


def test_no_module_can_execute_a_text(project: Path) -> None:
    for path in sorted((project / "arazzo_runner").rglob("*.py")):
        assert faults(path.read_text("utf-8")) == [], path


@pytest.mark.parametrize(
    "text",
    [
        "eval(a)",
        "exec('1')",
        "compile(a, b, c)",
        "__import__(a)",
        "import os; os.system(a)",
        "import pickle",
        "import marshal as m",
        "from pickle import loads",
        "yaml.load(a, yaml.UnsafeLoader)",
        "from yaml import unsafe_load",
    ],
)
def test_a_planted_fault_is_noticed(text: str) -> None:
    assert faults(text)


def test_a_method_of_that_name_is_none() -> None:
    assert faults("re.compile('a')\ndef f(compile): compile('a')") == []


@pytest.mark.parametrize("stride", [7, pytest.param(1, marks=pytest.mark.long)], ids=["a sample", "all"])
def test_no_text_is_executed_and_no_file_is_read(stride: int, project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.audit", str(stride)],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )
    report = json.loads(done.stdout)
    assert report["seen"] == []
    assert report["left"] == [], "a canary was made"
    assert not report["read"], "a file of the machine was read"
    assert not report["sum"], "an expression of another language was computed"
    assert report["ended"] > 200 / stride, "most documents run: their texts are data"
    assert any("exec" in event for event in report["control"]), "the hook sees what is executed"

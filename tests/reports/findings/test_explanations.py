import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from arazzo_runner.expressions.readings import _MESSAGES
from arazzo_runner.reports.findings.explanations import explanation, explanations, families
from arazzo_runner.validate.documentation import documented_rules

CODE = re.compile(r"[a-z]+(?:-[A-Za-z0-9]+)+")
# The names of the functions and types that a code is the first text of; and the like of them, found by their families.
MAKERS = {
    "error",
    "warning",
    "note",
    "Diagnostic",
    "Remark",
    "Fault",
    "Miss",
    "Breach",
    "stray",
    "missing",
    "again",
    "add",
    "read_as",
    "leave_out",
}
# Texts that look like codes of a family and are none.
OTHERS = {
    "inputs-for", "run-timeout", "server-variables",  # keys of profiles
    "source-fault", "content-type",
    "document-uri", "reference-type",
}  # fmt: skip


def texts(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield each text of a module that looks like a code, and whether a finding is made with it."""
    tree = ast.parse(path.read_text("utf-8"))
    made = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for argument in (*node.args, *(each.value for each in node.keywords if each.arg == "code"))
        if (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in MAKERS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value, id(node) in made


def emitted(project: Path) -> dict[str, str]:
    """Return the codes that the package can emit, each with a module that does."""
    found = {f"reading-{number}": "readings.py" for number in (*_MESSAGES, "P10", "P11", "P12", "OPR-06")}
    for path in sorted((project / "arazzo_runner").rglob("*.py")):
        for text, is_made in texts(path):
            if text not in OTHERS and (is_made or text.partition("-")[0] in families()):
                found[text] = path.relative_to(project).as_posix()
    return found


def test_every_code_that_can_be_emitted_is_explained(project: Path) -> None:
    known = explanations()
    missing = {code: where for code, where in emitted(project).items() if code not in known}
    assert not missing, f"codes without an explanation (codes.toml, or the docstring of their rule): {missing}"


def test_every_code_of_the_table_can_be_emitted(project: Path) -> None:
    rules = {each.code for each in documented_rules()}
    found = emitted(project)
    assert not [code for code in explanations() if code not in found and code not in rules]


def test_a_code_that_is_not_explained_would_be_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "arazzo_runner"
    folder.mkdir()
    (folder / "a.py").write_text('error("new-code", "m")\nx = "structure-of-a-kind"\ny = "no-family"\n')
    assert {"new-code", "structure-of-a-kind"} <= emitted(tmp_path).keys()
    assert "no-family" not in emitted(tmp_path)


@pytest.mark.parametrize("code", explanations())
def test_an_explanation_is_short_and_whole(code: str) -> None:
    told = explanations()[code]
    assert told.headline.endswith(".")
    assert "\n" not in told.headline
    assert all(not text or text == text.strip() for _, text in told.sections())


def test_a_rule_explains_itself_and_others_stand_in_the_table() -> None:
    rule, other = explanation("body-missing"), explanation("structure-unknown-field")
    assert rule is not None
    assert rule.example.startswith("`operationId: createOrder`")
    assert rule.family == "body"
    assert other is not None
    assert "x-" in other.instead
    assert explanation("no-such-code") is None


def test_every_family_is_told_what_it_is_about() -> None:
    told = families()
    assert {each.family for each in explanations().values()} <= told.keys()
    assert all(told.values())


@pytest.mark.parametrize("code", [code for code in explanations() if code.startswith(("contract-", "run-"))])
def test_what_a_run_tells_is_explained_in_full(code: str) -> None:
    assert all(text for _, text in explanations()[code].sections())


@pytest.mark.parametrize("code", explanations())
def test_no_explanation_is_a_single_sentence(code: str) -> None:
    told = explanations()[code]
    assert told.instead
    assert told.what or told.why or told.example

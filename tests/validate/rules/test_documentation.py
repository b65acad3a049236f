"""Each rule says in its own file what it finds and why, and has cases where it fires and where it does not."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from arazzo_runner.validate import rules
from arazzo_runner.validate.rules import rules as all_rules
from tests.validate.rules.cases import Case

FOLDER = Path(str(rules.__file__)).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
PARTS = ("What", "Why", "Example", "Instead")
HEADLINE = re.compile(r"^([a-z]+(?:-[A-Za-z0-9]+)+): \S.*\.$", re.MULTILINE)
CODE = re.compile(r"[a-z]+(-[A-Za-z0-9]+)+")


def told_codes(text: str) -> list[str]:
    """Return the codes that a docstring lists: a headline each, in front of the parts."""
    return HEADLINE.findall(text.partition("\nWhat:")[0])


def emitted_codes(source: str) -> set[str]:
    """Return the texts of a module that are given as the code of a finding."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    made = [call for call in calls if isinstance(call.func, ast.Attribute | ast.Name)]
    named = [call for call in made if ast.unparse(call.func).rpartition(".")[2] in ("error", "warning", "note", "make")]
    first = [call.args[0] for call in named]
    return {str(each.value) for each in first if isinstance(each, ast.Constant) and CODE.fullmatch(str(each.value))}


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_documents_itself(name: str) -> None:
    text = import_module(f"arazzo_runner.validate.rules.{name}").__doc__ or ""
    assert HEADLINE.match(text), "the first line is `code: headline.`"
    places = [text.find(f"\n{part}: ") for part in PARTS]
    assert -1 not in places, f"a part is missing: {PARTS}"
    assert places == sorted(places)
    assert all(len(each) > 20 for each in re.split(r"\n(?:What|Why|Example|Instead): ", text))


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_lists_its_codes(name: str) -> None:
    source = (FOLDER / f"{name}.py").read_text("utf-8")
    codes = told_codes(ast.get_docstring(ast.parse(source)) or "")
    assert codes
    assert emitted_codes(source) == set(codes)


def test_no_two_rules_have_one_code() -> None:
    codes = [
        code
        for name in NAMES
        for code in told_codes(import_module(f"arazzo_runner.validate.rules.{name}").__doc__ or "")
    ]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_cases_for_each_code_and_near_ones(name: str) -> None:
    cases: ModuleType = import_module(f"tests.validate.rules.test_{name}")
    fires: dict[str, Case] = cases.FIRES
    silent: dict[str, Case] = cases.SILENT
    listed = told_codes(import_module(f"arazzo_runner.validate.rules.{name}").__doc__ or "")
    assert {case.code for case in fires.values()} == set(listed)
    assert all("«" in case.text or case.at_source for case in fires.values())
    assert silent
    assert not any("«" in case.text for case in silent.values())


def test_the_folder_is_the_list() -> None:
    assert [rule.__module__.rpartition(".")[2] for rule in all_rules()] == NAMES

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from arazzo_runner.validate.documentation import documentation_of, documented_rules, read_documentation

DOCSTRING = """first-code: one thing is wrong.

second-code: another one is.

What: it is
  `over two lines`.
Why: because.
Example: `a`.
Instead: `b`.
"""


def test_a_docstring_is_read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rules.told", ModuleType("rules.told", DOCSTRING))
    first, second = read_documentation("rules.told")
    assert (first.code, first.headline) == ("first-code", "one thing is wrong.")
    assert (second.code, second.headline) == ("second-code", "another one is.")
    assert (first.what, first.why) == ("it is `over two lines`.", "because.")
    assert (second.example, second.instead) == ("`a`.", "`b`.")
    assert first.rule == "told"
    assert first.codes == second.codes == ("first-code", "second-code")


def test_each_code_of_the_folder_is_there_once_and_whole() -> None:
    found = documented_rules()
    assert [one.code for one in found] == sorted({one.code for one in found})
    assert all((one.headline and one.what and one.why and one.example and one.instead) for one in found)


def test_a_code_is_looked_up() -> None:
    found = documentation_of("body-missing")
    assert found is not None
    assert found.rule == "body_missing"
    assert documentation_of("nothing-like-it") is None

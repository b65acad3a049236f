from __future__ import annotations

from pathlib import Path

import pytest

from arazzo_runner.validate.documentation import RuleDocumentation, documented_rules
from tests.validate.pages import main, pages, stale

ONE = RuleDocumentation("a-one", "One | thing.", "what.", "why.", "`x`.", "`y`.", "a_rule", ("a-one", "a-two"))
TWO = RuleDocumentation("a-two", "Another.", "what.", "why.", "`x`.", "`y`.", "a_rule", ("a-one", "a-two"))


def test_the_pages_are_up_to_date() -> None:
    assert list(stale(pages(documented_rules()))) == [], "run: python -m tests.validate.pages"


def test_a_page_tells_each_code_and_part() -> None:
    found = pages((ONE, TWO))
    assert found.keys() == {"index.md", "a-rule.md"}
    assert "| [`a-one`](a-rule.md) | One \\| thing. |" in found["index.md"]
    page = found["a-rule.md"]
    assert page.startswith("# `a-one`, `a-two`\n")
    assert "- `a-two`: Another." in page
    assert "**What.** What." in page
    assert "**Instead.** `y`." in page


def test_writing_brings_them_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gone.md").write_text("of no rule", encoding="utf-8")
    (tmp_path / "index.md").write_text("old", encoding="utf-8")
    assert main(["--check"], tmp_path) == 1
    assert "gone.md" in capsys.readouterr().out
    assert main([], tmp_path) == 0
    assert not (tmp_path / "gone.md").exists()
    assert main(["--check"], tmp_path) == 0

from collections.abc import Callable

import pytest

from arazzo_runner.document import Source
from arazzo_runner.document.objects.findings import Findings
from arazzo_runner.document.objects.names import check_id, check_key, check_unique


@pytest.fixture
def findings(sourced: Callable[..., Source]) -> Findings:
    return Findings(sourced("a: 1\nb: 2\nc: 3\n"))


@pytest.mark.parametrize(("text", "fine"), [("a", True), ("A-b_1", True), ("a.b", False), ("a b", False), ("é", False)])
def test_ids(findings: Findings, text: str, fine: bool) -> None:
    check_id(findings, text, ("a",), "stepId")
    assert (findings.all() == ()) is fine
    assert not any(found.strict_error for found in findings.all())


@pytest.mark.parametrize(
    ("text", "fine"), [("a", True), ("a.b-c_1", True), ("a b", False), ("", False), ("a\n", False)]
)
def test_keys(findings: Findings, text: str, fine: bool) -> None:
    check_key(findings, text, ("a",), "output name")
    assert (findings.all() == ()) is fine
    assert all(found.strict_error for found in findings.all())


def test_names_given_twice(findings: Findings) -> None:
    check_unique(findings, [("x", ("a",)), ("X", ("b",)), ("x", ("c",))], "name")
    (found,) = findings.all()
    assert found.at == ("c",)
    assert found.related[0].span.line == 1


def test_missing_names_are_not_the_same_name(findings: Findings) -> None:
    check_unique(findings, [("", ("a",)), ("", ("b",))], "name")
    assert findings.all() == ()

from collections.abc import Callable

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.document import Source
from arazzo_runner.document.objects import findings as findings_module
from arazzo_runner.document.objects.findings import Findings, choice, nearest, short, told
from arazzo_runner.values import JSON

Sourced = Callable[..., Source]


@pytest.fixture
def findings(sourced: Sourced) -> Findings:
    return Findings(sourced("a: 1\nb:\n  c: 2\n"))


def test_each_kind_has_its_weight(findings: Findings) -> None:
    findings.error("a-a", "wrong", ("a",), "do this")
    findings.stray("b-b", "astray", ("b", "c"))
    findings.warning("c-c", "odd", ("b",), key=True)
    findings.missing("d-d", "not there", ())
    findings.missing("e-e", "not there", (), stray=True)
    weights = {found.code: (found.severity, found.strict_error) for found in findings.all()}
    assert weights == {
        "a-a": (Severity.ERROR, False),
        "b-b": (Severity.WARNING, True),
        "c-c": (Severity.WARNING, False),
        "d-d": (Severity.ERROR, False),
        "e-e": (Severity.WARNING, True),
    }


def test_what_is_done_with_a_stray_is_no_part_of_the_fact(findings: Findings) -> None:
    findings.stray("b-b", "it is odd", ("b",), then=", and is ignored")
    (found,) = findings.all()
    assert (found.message, found.fact) == ("it is odd, and is ignored", "it is odd")


def test_findings_come_in_the_order_of_the_text(findings: Findings) -> None:
    for path in (("b", "c"), ("b",), ("a",)):
        findings.error("x-y", "wrong", path, key=True)
    assert [found.at for found in findings.all()] == [("a",), ("b",), ("b", "c")]


def test_a_finding_has_its_place_and_path(findings: Findings) -> None:
    findings.error("x-y", "wrong", ("b", "c"), "do this", key=True)
    (found,) = findings.all()
    assert found.span is not None
    assert (found.span.place(), found.at, found.help) == ("doc.yaml:3:3", ("b", "c"), "do this")


def test_in_a_broken_text_nothing_is_called_missing(sourced: Sourced) -> None:
    findings = Findings(sourced("a: 1\nb: [\n"))
    findings.missing("x-y", "not there", ())
    assert findings.broken
    assert findings.all() == ()


def test_something_given_again_shows_the_first(findings: Findings) -> None:
    findings.again("x-y", "twice", ("b",), ("a",))
    findings.again("x-z", "twice", ("b",), ("a",), stray=True)
    again, stray = findings.all()
    assert (again.severity, stray.severity, stray.strict_error) == (Severity.ERROR, Severity.WARNING, True)
    assert again.related[0].span.place() == "doc.yaml:1:4"


def test_findings_have_an_end(findings: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings_module, "MAX_FINDINGS", 3)
    for _ in range(9):
        findings.warning("x-y", "odd", ("b",))
    assert sorted(found.code for found in findings.all()) == ["document-too-many-faults", *["x-y"] * 3]


@pytest.mark.parametrize(
    ("path", "stands"),
    [((), True), (("a",), True), (("b", "c"), True), (("b", 0), False), (("x",), False), (("a", "b"), False)],
)
def test_what_is_written(findings: Findings, path: tuple[str | int, ...], stands: bool) -> None:
    assert findings.written(path) is stands


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing (null)"),
        ({}, "an object"),
        ([], "an array"),
        (True, "the boolean true"),
        ("a\nb", "'a b'"),
        (5, "the integer 5"),
        (1.0, "the number 1.0"),
        ("x" * 100, f"'{'x' * 60}...'"),
    ],
)
def test_values_in_words(value: JSON, words: str) -> None:
    assert told(value) == words


def test_long_texts_are_cut() -> None:
    assert short("a  b", 10) == "a b"
    assert short("abcdef", 3) == "abc..."


def test_near_names_and_choices() -> None:
    assert nearest("OpenAPI", ("openapi", "arazzo")) == "openapi"
    assert nearest("x" * 100, ("openapi",)) == ""
    assert choice("OpenAPI", ("openapi", "arazzo")) == "did you mean 'openapi'? (openapi, arazzo)"
    assert choice("zzz", ("openapi", "arazzo")) == "use one of: openapi, arazzo"

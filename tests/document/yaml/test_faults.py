import pytest
from yaml.error import YAMLError

from arazzo_runner.diagnostics import Severity
from arazzo_runner.document.page import Page
from arazzo_runner.document.yaml.faults import Fault, fault
from arazzo_runner.document.yaml.nodes import compose


def refused(text: str, pure: bool = False) -> Fault:
    try:
        compose(text, pure=pure)
    except YAMLError as problem:
        return fault(Page(text, "file:///w/doc.yaml", "doc.yaml"), problem)
    raise AssertionError("the text is YAML")


# The text, the place of the fault, a part of the headline and a part of the help.
BROKEN = [
    ('a: "b', (1, 4), "never closed", "closing quote"),
    ('x: 1\na: "b\nc: d\n', (2, 4), "never closed", "closing quote"),
    ("a: 'it's'\n", (1, 8), "follows the closing quote", "double"),
    ("a: [1,\nb: 2\n", (3, 1), "list in [ ]", "']'"),
    ("a: {b: 1\nc: 2\n", (2, 2), "mapping in { }", "'}'"),
    ("a:\n\tb: 1\n", (2, 1), "tab", "spaces"),
    ("a: @x\n", (1, 4), "unquoted '@'", "quote"),
    ("a: `x`\n", (1, 4), "unquoted '`'", "quote"),
    ("a: */*\n", (1, 5), "alias", "quote"),
    ("a: *none\n", (1, 4), "anchor that does not exist", "quote"),
    ("a: & b\n", (1, 5), "anchor", "quote"),
    ("a: &x 1\nb: &x 2\n", (2, 4), "anchor is given twice", "own name"),
    ("a: !e!x b\n", (1, 4), "tag", "quote"),
    ('a: "\\u12"\n', (1, 7), "escape", "single quotes"),
    ("a: x: y\n", (1, 5), "':' stands where no key", "quote"),
    ("a: - b\n", (1, 4), "'- ' stands where no list item", "own line"),
    ("a:\n  b: 1\n c: 2\n", (3, 2), "does not fit the mapping", "indentation"),
    ("- a\nb: 1\n", (2, 1), "does not fit the", "indentation"),
    ("a: 1\noper\nb: 2\n", (2, 1), "neither 'key: value'", "':'"),
    ("a: 1\nworkflows:\n[{w: 1}]\n", (3, 1), "value of 'workflows' is not indented", "deeper than 'workflows'"),
    ("a:\n  - steps: # all\n\n    # of them\n    [\n    ]\n", (5, 5), "value of 'steps' is not indented", "'steps'"),
    ("a:\n{b: 1}\nc: 1\n", (2, 1), "value of 'a' is not indented", "indent this line"),
    ("a: 1\n[1]\n", (2, 1), "neither 'key: value'", "':'"),
    ("a: >10\n", (1, 6), "'|' or '>'", "end that line"),
    ("%YAML 3.0\n---\na: 1\n", (1, 1), "version", "remove"),
    ("a: 1\n---\nb: 1\n", (2, 1), "more than one YAML document", "one document a file"),
    ("[1]]", (1, 4), "follows the end", "remove"),
    ("a: ]", (1, 4), "value is missing", "bracket"),
    ("a: \x01", (1, 4), "U+0001", "escape"),
    ("a: grüße\nb: \x00", (2, 4), "U+0000", "UTF-16"),
]


@pytest.mark.parametrize("pure", [False, True], ids=["compiled", "pure"])
@pytest.mark.parametrize(("text", "place", "headline", "help"), BROKEN)
def test_a_fault_is_told_in_plain_words_at_its_place(
    text: str, place: tuple[int, int], headline: str, help: str, pure: bool
) -> None:
    found = refused(text, pure).diagnostic
    assert found.span is not None
    assert (found.span.line, found.span.column) == place
    assert found.span.text == text.splitlines()[place[0] - 1] if place[0] <= len(text.splitlines()) else True
    assert headline in found.message
    assert help in found.help
    assert found.severity is Severity.ERROR
    assert found.code in ("syntax-yaml", "syntax-character")


def test_an_escape_that_does_not_exist() -> None:
    found = refused('a: "\\d"\n').diagnostic
    assert "escape" in found.message
    assert "single quotes" in found.help


@pytest.mark.parametrize("text", ["a: {$inputs.x}/b\n", "- {$inputs.x}-1\n", "a: !$response.body#/x\n"])
def test_an_expression_without_quotes_is_told_as_such(text: str) -> None:
    found = refused(text).diagnostic
    assert found.code == "syntax-unquoted-expression"
    assert found.help == "quote this expression"


def test_what_is_not_closed_shows_where_it_begins() -> None:
    (related,) = refused("x: 1\na: [1,\nb: 2\n").diagnostic.related
    assert (related.span.line, related.span.column) == (2, 4)


def test_a_recovery_knows_both_places() -> None:
    found = refused("x: 1\na: [1,\nb: 2\n")
    assert (found.context, found.final) == (8, False)
    assert refused("a: 1\n---\nb: 1\n").final


def test_a_fault_that_is_not_marked_is_still_told() -> None:
    found = fault(Page("a: 1", "u", "n"), YAMLError("something"))
    assert (found.diagnostic.code, found.offset) == ("syntax-yaml", 0)

from dataclasses import replace

import pytest

from arazzo_runner.diagnostics import Related, Span, error, warning
from arazzo_runner.reports.run.html.limits import MAX_LISTED
from arazzo_runner.reports.run.html.warned import place, title_of, warnings_list
from tests.reports.run.html.rendered import fragment, told


def span(
    line: str = "  a: $x # why", column: int = 6, end: int = 8, uri: str = "file:///d/spec.yml", end_line: int = 3
) -> Span:
    return Span(uri, 3, column, end_line, end, "spec.yml", line)


def test_a_warning_has_its_code_its_place_its_line_and_its_help() -> None:
    shown = warnings_list([warning("reading-P1", "read as", span(), "write it")])
    assert told(shown) == "reading-P1 read asat spec.yml:3:63 a: $x # whyHelp: write it"
    parsed = fragment(shown)
    assert [each.attrib["href"] for each in parsed.iter("a")] == ["file:///d/spec.yml#L3"]
    assert [each.text for each in parsed.iter("mark")] == ["$x"]


@pytest.mark.parametrize(
    ("found", "marked"),
    [
        (span(end_line=9), "$x # why"),
        (span(column=1, end=3), "  "),
        (span(column=900, end=901), None),
        (span(column=6, end=6), None),
        (span(column=9, end=6), None),
        (span(line="x" * 5000, column=1, end=3), "xx"),
    ],
)
def test_what_is_marked(found: Span, marked: str | None) -> None:
    shown = fragment(place(found))
    assert [each.text for each in shown.iter("mark")] == ([marked] if marked else [])
    assert len(told(place(found))) < 1000


def test_errors_and_other_places_are_told() -> None:
    found = replace(error("code", "wrong", span(), "do\nthis"), related=(Related("declared here", span("b: 1", 1, 2)),))
    assert (
        told(warnings_list([found]))
        == "Error code wrongat spec.yml:3:63 a: $x # whydeclared here:at spec.yml:3:13 b: 1Help: do this"
    )
    assert [title_of([warning("code", "m")]), title_of([found])] == ["Warnings", "Findings"]


def test_a_place_without_its_line_is_told_alone() -> None:
    assert told(place(span(line=""))) == "at spec.yml:3:6"


@pytest.mark.parametrize(
    "uri", ["javascript:alert(1)", "data:text/html,x", "", "spec.yml", "file:///a\nb", "https://" + "x" * 5000]
)
def test_only_addresses_of_documents_are_links(uri: str) -> None:
    assert list(fragment(place(span(uri=uri))).iter("a")) == []


def test_a_warning_without_a_place_and_very_many() -> None:
    assert told(warnings_list([warning("code", "message")])) == "code message"
    many = [warning("code", str(n)) for n in range(MAX_LISTED + 5)]
    assert told(warnings_list(many)).endswith("5 more warnings left out.")

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import (
    Severity,
    Span,
    did_you_mean,
    error,
    has_errors,
    judge,
    near_matches,
    warning,
)

SPAN = Span("file:///w/doc.yaml", 3, 5, 3, 9, "doc.yaml", "    text")
STRAY = replace(warning("structure-unknown-field", "unknown"), strict_error=True)
ODD = warning("structure-name-pattern", "odd")
WRONG = error("structure-wrong-type", "wrong")


def test_a_place_is_what_terminals_make_links_of() -> None:
    assert SPAN.place() == "doc.yaml:3:5"
    assert replace(SPAN, name="").place() == "file:///w/doc.yaml:3:5"


def test_spans_sort_by_their_place() -> None:
    earlier = replace(SPAN, line=2, column=80)
    assert sorted([SPAN, earlier]) == [earlier, SPAN]


def test_the_concise_form_is_one_line() -> None:
    assert error("a-b", "found 1, expected 2", SPAN).concise() == "doc.yaml:3:5: error[a-b]: found 1, expected 2"
    assert warning("a-b", "odd").concise() == "warning[a-b]: odd"


def test_makers_set_the_severity() -> None:
    made = error("c", "m", SPAN, "do this")
    assert (made.severity, made.code, made.message, made.span, made.help) == (Severity.ERROR, "c", "m", SPAN, "do this")
    assert warning("c", "m").severity is Severity.WARNING


def test_only_errors_count_as_errors() -> None:
    assert has_errors([ODD, WRONG])
    assert not has_errors([ODD, STRAY])
    assert not has_errors([])


def test_what_is_done_with_a_stray_is_told_by_the_warning_alone() -> None:
    found = replace(STRAY, message="it is unknown, and is ignored", fact="it is unknown")
    assert [one.message for one in judge([found], strict=False)] == ["it is unknown, and is ignored"]
    assert [one.message for one in judge([found], strict=True)] == ["it is unknown"]


def test_strict_mode_raises_what_the_practical_mode_tolerates_and_nothing_else() -> None:
    found = (STRAY, ODD, WRONG)
    assert judge(found, strict=False) == found
    judged = judge(found, strict=True)
    assert [one.severity for one in judged] == [Severity.ERROR, Severity.WARNING, Severity.ERROR]
    assert judged[0].message == STRAY.message


@pytest.mark.parametrize(
    ("wrong", "known", "best"),
    [
        ("workflowID", ["workflowId", "stepId"], "workflowId"),
        ("INFO", ["info", "workflows"], "info"),
        ("opertionId", ["operationId", "operationPath"], "operationId"),
    ],
)
def test_near_matches_care_least_for_case(wrong: str, known: list[str], best: str) -> None:
    assert near_matches(wrong, known)[0] == best


def test_nothing_is_near_what_looks_like_nothing() -> None:
    assert near_matches("zzz", ["workflowId"]) == ()


def test_a_near_match_is_found_among_thousands() -> None:
    known = [*(f"operation{number}" for number in range(5_000)), "createShippingLabel", "shippingLabelDelete"]
    assert near_matches("createShipingLabel", known)[0] == "createShippingLabel"
    assert near_matches("shipingLabelDelete", known)[0] == "shippingLabelDelete"


def test_near_matches_are_limited() -> None:
    assert len(near_matches("step", [f"step{n}" for n in range(9)], limit=2)) == 2


@pytest.mark.parametrize(
    ("known", "help"),
    [
        (["getPet"], "did you mean 'getPet'?"),
        (["b", "a"], "known: 'b', 'a'"),
        ([], "there is none"),
        ([str(n) for n in range(12)], "known: '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' and 2 more"),
    ],
)
def test_an_unknown_name_is_told_with_what_there_is(known: list[str], help: str) -> None:
    assert did_you_mean("getpet", known) == help


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=10))
def test_near_matches_are_known_names(wrong: str, known: list[str]) -> None:
    assert set(near_matches(wrong, known)) <= set(known)


def test_an_empty_name_is_never_offered() -> None:
    assert did_you_mean("find", ["make", "", "last"]) == "known: 'make', 'last'"
    assert did_you_mean("find", [""]) == "there is none"

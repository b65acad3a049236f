"""What is hostile is refused before the first request, or stopped within a named bound, in a replay as in the run."""

from typing import Any

import pytest

from tests.hostile.cases import Case, Ends, Fails, Refused, Stopped
from tests.hostile.collection import CASES, ENDLESS
from tests.hostile.guard import EndlessError, Guard

FUEL = ("max_pattern_steps", "max_query_steps", "max_xpath_steps", "max_document_nodes")
"""Limits that take seconds to reach; each has one case in the fast suite."""

SAMPLES = ("regex nested quantifiers with a lookahead", "jsonpath unions of unions", "xpath a range beyond all")


def takes_long(case: Case) -> bool:
    return case.slow or (isinstance(case.end, Fails) and case.end.words in FUEL and case.name not in SAMPLES)


def parameters() -> list[Any]:
    cases = CASES.values()
    return [pytest.param(case, marks=[pytest.mark.long] if takes_long(case) else [], id=case.name) for case in cases]


def test_the_samples_are_cases() -> None:
    assert set(SAMPLES) <= set(CASES)


@pytest.mark.parametrize("case", parameters())
def test_a_hostile_case_ends_within_a_bound(case: Case, guard: Guard) -> None:
    report = guard.judge(case.name)
    match case.end:
        case Refused(code, words):
            assert (code, True) in [(found, words in message) for found, message, _ in report.get("refused", ())], (
                report
            )
            assert all(placed for *_, placed in report["refused"]), "each finding has its place"
            return
        case Fails(words):
            assert (report["status"], words in report["reason"]) == ("failed", True), report
        case Stopped(limit):
            assert (report["status"], report["limit"]) == ("stopped", limit), report
        case Ends(succeeded, words):
            told = [report["reason"], *report["warnings"]]
            assert report["status"] == ("succeeded" if succeeded else "failed"), report["reason"]
            assert any(words in one for one in told), told
    assert report["requests"] <= 1_000
    assert report["longest"] <= 10**9
    assert report["again"], "the same answers gave other events"
    assert report["replayed"], "the replay gave other events"


def test_a_case_that_never_ends_would_be_noticed(guard: Guard) -> None:
    with pytest.raises(EndlessError):
        guard.judge(ENDLESS.name, patience=3.0)
    assert guard.judge("a goto to itself")["limit"] == "max_steps", "the next case finds a new process"


def test_a_case_that_raises_would_be_noticed(guard: Guard) -> None:
    with pytest.raises(AssertionError, match="KeyError"):
        guard.judge("no such case")


def test_the_names_of_cases_are_their_own() -> None:
    from tests.hostile.conditions import CONDITIONS
    from tests.hostile.flows import ALL_FLOWS

    assert len(CASES) == len(CONDITIONS) + len(ALL_FLOWS)

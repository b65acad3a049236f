"""The page of the suite, and that no requirement is left without a word."""

from __future__ import annotations

from typing import Any

import pytest

from specs.conformance.harness.cases import load_requirements, load_suite
from specs.conformance.harness.coverage import named, requirements, unknown
from tests.conformance.page import PAGE, page

CASES = load_suite()
LISTED = load_requirements()

# What may be called not applicable: what belongs to asynchronous steps, and nothing else.
ASYNCHRONOUS = {"ASY", "DEP-33", "SRC-11"}


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(CASES), "run: python -m tests.conformance.page"


def test_each_requirement_is_proved_pending_or_not_applicable() -> None:
    assert [one.id for one in requirements(LISTED, CASES) if one.state == "unproved"] == []


def test_cases_prove_requirements_that_there_are() -> None:
    assert unknown(LISTED, CASES) == set()


def test_each_case_proves_something() -> None:
    assert [case.name for case in CASES if not case.proves] == []


def test_only_asynchronous_steps_are_not_applicable() -> None:
    found = {one.id for one in requirements(LISTED, CASES) if one.not_applicable}
    assert {id for id in found if id not in ASYNCHRONOUS and id.partition("-")[0] not in ASYNCHRONOUS} == set()


@pytest.mark.parametrize("kind", ["pending", "not-applicable"])
def test_the_lists_name_requirements_that_there_are(kind: str) -> None:
    assert [pattern for id, pattern in named(LISTED, kind) if not id] == []


def test_what_is_proved_is_not_called_pending_by_its_name() -> None:
    proved = {one.id for one in requirements(LISTED, CASES) if one.cases}
    assert [id for id, pattern in named(LISTED, "pending") if id in proved and id == pattern] == []


def test_a_requirement_without_a_word_is_noticed() -> None:
    listed: dict[str, Any] = {**LISTED, "pending": [], "not-applicable": []}
    found = {one.id: one.state for one in requirements(listed, ())}
    assert set(found.values()) == {"unproved"}

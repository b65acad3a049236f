from dataclasses import replace

import pytest

from arazzo_runner.reports.doctor.readiness import CredentialFact, InputFact, WantFact
from tests.reports.doctor.facts import FACTS, KEY, LOOK

GIVEN, LACKING = WantFact(KEY, given_by="--auth key"), WantFact(KEY)


@pytest.mark.parametrize(
    ("alternatives", "satisfied"),
    [
        (((GIVEN,),), True),
        (((LACKING,),), False),
        (((GIVEN, LACKING),), False),
        (((LACKING,), (GIVEN,)), True),
        (((LACKING,), ()), True),
        ((), False),
    ],
)
def test_one_whole_alternative_is_enough(alternatives: tuple[tuple[WantFact, ...], ...], satisfied: bool) -> None:
    assert CredentialFact(("s",), alternatives).satisfied is satisfied
    assert CredentialFact(("s",), alternatives, (("header", "A"),)).satisfied


@pytest.mark.parametrize(
    ("fact", "missing"),
    [
        (InputFact("a", (), True, False), True),
        (InputFact("a", (), False, False), False),
        (InputFact("a", (), True, False, has_default=True), False),
        (InputFact("a", (), True, False, given_by="-i"), False),
    ],
)
def test_what_is_missing(fact: InputFact, missing: bool) -> None:
    assert fact.missing is missing


def test_a_document_is_ready_when_all_its_workflows_are() -> None:
    assert replace(FACTS, workflows=(LOOK,)).ready
    assert not FACTS.ready

"""Every case of specs/conformance, in process, in each of its versions and modes. None is skipped."""

from __future__ import annotations

import pytest

from specs.conformance.harness.cases import ENTRY, Case, load_suite
from specs.conformance.harness.observed import differences
from tests.conformance.player import SERVER, judge, play

CASES = load_suite()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_of_the_suite_holds(case: Case) -> None:
    found = []
    for variation in case.variations(SERVER):
        document = variation.files()[ENTRY]
        seen = play(variation) if "outcome" in variation.expect else judge(variation)
        for one in seen:
            found += [f"{variation.name}: {text}" for text in differences(variation.expect, one, document)]
    assert not found, f"{case.title}\n" + "\n".join(found)

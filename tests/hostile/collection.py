"""All hostile cases by their names."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat

from tests.hostile.cases import Case, Ends, step, workflow
from tests.hostile.conditions import CONDITIONS
from tests.hostile.flows import ALL_FLOWS

CASES: Mapping[str, Case] = {case.name: case for case in (*CONDITIONS, *ALL_FLOWS)}


def _for_ever() -> str:
    for _ in repeat(None):
        pass
    return ""


ENDLESS = Case("a case that never ends", Ends(succeeded=True), lambda: [workflow(step())], text=_for_ever)
"""Shows that the guard would notice one; it is in no table."""

"""Inputs that nobody gave, invented for a mocked run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from arazzo_runner.api.preparing import Prepared
from arazzo_runner.values import Value

if TYPE_CHECKING:
    from arazzo_runner.mock.inputs import InventedInputs


def with_invented(
    prepared: Prepared, inputs: Mapping[str, Value], inputs_for: Mapping[str, Mapping[str, Value]]
) -> InventedInputs:
    """Return the inputs of a mocked run with those invented that are required, or can't be done without.

    A run with the mock calls this by itself; whoever wants to tell what was invented calls it before, and hands the
    inputs in.
    """
    from arazzo_runner.mock.inputs import invent_inputs  # only a mocked run needs what invents values

    return invent_inputs(prepared.program, inputs, inputs_for, prepared.options.seed)

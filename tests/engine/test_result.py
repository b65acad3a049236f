from __future__ import annotations

import dataclasses

import pytest

from arazzo_runner.engine.result import RunResult, Status, StepResult


@pytest.mark.parametrize("status", list(Status))
def test_succeeded(status: Status) -> None:
    assert RunResult(status, "w").succeeded == (status is Status.SUCCEEDED)


def test_a_result_is_frozen_and_its_repr_shows_no_value() -> None:
    step = StepResult("s", "w", ("s",), Status.SUCCEEDED, outputs={"token": "secret-value"})
    result = RunResult(Status.SUCCEEDED, "w", {"token": "secret-value"}, (step,))
    assert "secret-value" not in repr(result)
    assert result.outputs["token"] == "secret-value"
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.reason = "x"  # type: ignore[misc]  # what is shown here

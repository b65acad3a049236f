from __future__ import annotations

import dataclasses

import pytest

from arazzo_runner.api.options import Options
from arazzo_runner.engine.limits import MAX_STEPS, REQUEST_TIMEOUT


def test_the_defaults_are_the_limits_of_the_engine() -> None:
    assert (Options().timeout, Options().max_steps) == (REQUEST_TIMEOUT, MAX_STEPS)


def test_options_are_frozen_and_show_no_secret() -> None:
    options = Options(auth=("bearer=secret-value",), environ={"ARAZZO_AUTH_A_B_TOKEN": "secret-value"})
    assert "secret-value" not in repr(options)
    with pytest.raises(dataclasses.FrozenInstanceError):
        options.mock = True  # type: ignore[misc]  # what is shown here

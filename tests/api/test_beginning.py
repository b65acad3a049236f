"""A run is made of settled inputs, and nothing is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from arazzo_runner.api import Options, Prepared, load, prepare
from arazzo_runner.api.beginning import begin, identified
from arazzo_runner.engine.effects import Checkpoint
from arazzo_runner.errors import InputsError
from tests.journal.runs import flow, written


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    document = flow()
    document["workflows"][0]["inputs"]["required"] = ["name"]
    document["workflows"][0]["inputs"]["properties"]["size"] = {"type": "integer", "default": 3}
    return prepare(load(written(tmp_path, document)), None, Options(servers={"": "http://localhost"}))


def test_defaults_are_applied_and_the_first_step_is_asked_for(prepared: Prepared) -> None:
    run = begin(prepared, {"name": "n"})
    assert run.inputs == {"name": "n", "size": 3}
    assert [type(effect) for effect in run.effects()] == [Checkpoint]


def test_inputs_that_do_not_fit_are_refused_without_their_secrets(prepared: Prepared) -> None:
    with pytest.raises(InputsError, match="name") as caught:
        begin(prepared, {"password": 17_000_000})
    assert "17000000" not in str(caught.value)


def test_a_mocked_run_invents_what_it_lacks(prepared: Prepared) -> None:
    run = begin(replace(prepared, options=replace(prepared.options, mock=True)))
    assert isinstance(run.inputs["name"], str)


def test_an_input_that_nobody_declares_is_told(prepared: Prepared) -> None:
    run = begin(prepared, {"name": "n", "nmae": "m"})
    told = [event for event in run.events() if "nmae" in str(event)]
    assert told


@pytest.mark.parametrize(
    ("wanted", "mock", "changes"), [(True, False, True), (False, False, False), (True, True, False)]
)
def test_who_wants_an_id_of_its_own_gets_one(prepared: Prepared, wanted: bool, mock: bool, changes: bool) -> None:
    prepared = replace(prepared, options=replace(prepared.options, mock=mock))
    assert (identified(prepared, wanted).settings.run_id != prepared.settings.run_id) is changes

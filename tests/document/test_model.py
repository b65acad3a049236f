from collections.abc import Callable
from dataclasses import FrozenInstanceError

import pytest

from arazzo_runner.document import Description, FeatureSet, Workflow


@pytest.mark.parametrize(
    ("major", "minor", "expected"), [(1, 0, False), (1, 1, True), (1, 2, True), (2, 0, True), (0, 9, False)]
)
def test_what_1_1_added_is_in_force_from_1_1_on(major: int, minor: int, expected: bool) -> None:
    assert FeatureSet(major, minor).v1_1 is expected


def test_ids_are_found_as_written(described: Callable[..., Description]) -> None:
    found = described({})
    main = found.workflow("main")
    assert isinstance(main, Workflow)
    assert main.step("first") is main.steps[0]
    assert (found.workflow("Main"), main.step("First"), main.step("only")) == (None, None, None)


def test_a_description_finds_places_in_its_text(described: Callable[..., Description]) -> None:
    found = described({})
    key = found.span(("info", "title"), key=True)
    assert found.source.text[key.column - 1 : key.end_column - 1] == '"title"'


def test_the_model_is_frozen(described: Callable[..., Description]) -> None:
    with pytest.raises(FrozenInstanceError):
        described({}).version = "2.0.0"  # type: ignore[misc]  # the assignment is what the test is about

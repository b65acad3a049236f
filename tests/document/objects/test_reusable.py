from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description, Reusable
from arazzo_runner.document.objects.reusable import component_name

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

STEP = "workflows/0/steps/0"
PAGE = "$components.parameters.page"
STOP = "$components.successActions.stop"
AGAIN = "$components.failureActions.again"


@pytest.mark.parametrize(
    ("place", "item", "found"),
    [
        ("parameters", {"reference": PAGE}, []),
        ("parameters", {"reference": PAGE, "value": None}, []),
        ("onSuccess", {"reference": STOP}, []),
        ("onFailure", {"reference": AGAIN}, []),
        ("parameters", {"reference": 5}, ["error structure-wrong-type /reference"]),
        ("parameters", {"reference": ""}, ["error structure-missing-field /reference"]),
        ("parameters", {"reference": STOP}, ["error structure-reference-form /reference"]),
        ("onSuccess", {"reference": PAGE}, ["error structure-reference-form /reference"]),
        ("onSuccess", {"reference": AGAIN}, ["error structure-reference-form /reference"]),
        ("onFailure", {"reference": STOP}, ["error structure-reference-form /reference"]),
        ("parameters", {"reference": "#/components/parameters/page"}, ["error structure-reference-form /reference"]),
        ("parameters", {"reference": "$components.inputs.page"}, ["error structure-reference-form /reference"]),
        ("parameters", {"$ref": "#/components/parameters/page"}, ["error structure-reference-form /$ref"]),
        ("onFailure", {"$ref": "#/components/failureActions/again"}, ["error structure-reference-form /$ref"]),
        ("onSuccess", {"reference": STOP, "value": 1}, ["warning structure-ignored-field /value"]),
        ("parameters", {"reference": PAGE, "foo": 1}, ["warning structure-unknown-field /foo"]),
        ("parameters", {"reference": PAGE, "in": "query"}, ["warning structure-unknown-field /in"]),
        ("parameters", {"reference": PAGE, "x-a": 1}, ["warning structure-unknown-field /x-a"]),
        ("onFailure", {"name": AGAIN}, ["strict structure-reference-form /name"]),
        (
            "parameters",
            {"name": "p", "in": "query", "value": 1, "reference": ""},
            ["strict structure-empty-field /reference"],
        ),
    ],
)
def test_items_that_are_references(faults: Faults, place: str, item: Any, found: list[str]) -> None:
    at = f"/{STEP}/{place}/0"
    assert faults({f"{STEP}/{place}": [item]}) == [fault.replace(" /", f" {at}/") for fault in found]


def test_an_item_with_a_reference_is_one_whatever_else_it_has(described: Described) -> None:
    item = {"reference": PAGE, "name": "other", "value": 7}
    (found,) = described({f"{STEP}/parameters": [item]}).workflows[0].steps[0].parameters
    assert found == Reusable(PAGE, ("workflows", 0, "steps", 0, "parameters", 0), 7, has_value=True)


def test_null_overrides_and_nothing_does_not(described: Described) -> None:
    for item, has_value in (({"reference": PAGE, "value": None}, True), ({"reference": PAGE}, False)):
        (found,) = described({f"{STEP}/parameters": [item]}).workflows[0].steps[0].parameters
        assert isinstance(found, Reusable)
        assert (found.value, found.has_value) == (None, has_value)


def test_a_value_on_an_action_does_not_count(described: Described) -> None:
    (found,) = described({f"{STEP}/onSuccess": [{"reference": STOP, "value": 1}]}).workflows[0].steps[0].on_success
    assert isinstance(found, Reusable)
    assert not found.has_value


@pytest.mark.parametrize(
    ("reference", "section", "name"),
    [
        ("$components.parameters.page", "parameters", "page"),
        ("$components.parameters.my.org.User", "parameters", "my.org.User"),
        ("$components.parameters.page", "successActions", None),
        ("$components.parameters.", "parameters", None),
        ("{$components.parameters.page}", "parameters", None),
        ("page", "parameters", None),
    ],
)
def test_the_key_that_a_reference_names(reference: str, section: str, name: str | None) -> None:
    assert component_name(reference, section) == name

from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

AT = "workflows/0/steps/0/parameters/0"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({AT: 5}, [f"error structure-wrong-type /{AT}"]),
        ({AT: None}, [f"error structure-wrong-type /{AT}"]),
        ({f"{AT}/name": ...}, [f"error structure-missing-field /{AT}"]),
        ({f"{AT}/name": ""}, [f"error structure-missing-field /{AT}/name"]),
        ({f"{AT}/name": 5}, [f"error structure-wrong-type /{AT}/name"]),
        ({f"{AT}/value": ...}, [f"error structure-missing-field /{AT}"]),
        ({f"{AT}/value": None}, []),
        ({f"{AT}/value": ""}, []),
        ({f"{AT}/value": {"a": 1}}, []),
        ({f"{AT}/in": "cookie"}, []),
        ({f"{AT}/in": "Header"}, [f"error structure-unknown-value /{AT}/in"]),
        ({f"{AT}/in": "body"}, [f"error structure-unknown-value /{AT}/in"]),
        ({f"{AT}/in": "channel"}, [f"error structure-unknown-value /{AT}/in"]),
        ({f"{AT}/in": "querystring"}, [f"error document-newer-feature /{AT}/in"]),
        ({f"{AT}/in": 5}, [f"error structure-wrong-type /{AT}/in"]),
        ({f"{AT}/required": True}, [f"strict structure-unknown-field /{AT}/required"]),
        ({f"{AT}/x-why": 1}, []),
    ],
)
def test_faults_of_a_parameter(faults: Faults, changes: dict[str, Any], found: list[str]) -> None:
    assert faults(changes) == found


def test_querystring_came_with_1_1(faults: Faults) -> None:
    assert faults({f"{AT}/in": "querystring"}, "1.1.0") == []
    assert faults({f"{AT}/in": "channel"}, "1.1.0") == [f"error structure-unknown-value /{AT}/in"]


def test_a_body_has_a_field_of_its_own(described: Described) -> None:
    (found,) = described({f"{AT}/in": "body"}).diagnostics
    assert found.help == "a body is given by 'requestBody'"
    assert found.message == "parameter 'id': 'in' is 'body', which is no place of a parameter"


def test_null_is_a_value(described: Described) -> None:
    parameter = described({f"{AT}/value": None}).workflows[0].steps[0].parameters[0]
    assert parameter.value is None

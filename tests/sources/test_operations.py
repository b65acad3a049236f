import pytest

from arazzo_runner.sources.operations import Operation, OperationParameter
from tests.sources.inline import api

PARAMETERS = (
    OperationParameter("id", "path"),
    OperationParameter("id", "query"),
    OperationParameter("X-Trace", "header"),
)
OPERATION = Operation("things", "read", "GET", "/things/{id}", (), api(), parameters=PARAMETERS)


@pytest.mark.parametrize(
    ("name", "location", "found"),
    [
        ("id", "path", PARAMETERS[0]),
        ("id", "query", PARAMETERS[1]),
        ("x-trace", "header", PARAMETERS[2]),
        ("X-TRACE", "header", PARAMETERS[2]),
        ("ID", "query", None),
        ("id", "cookie", None),
        ("X-Trace", "query", None),
    ],
)
def test_a_parameter_is_known_by_name_and_place(name: str, location: str, found: OperationParameter | None) -> None:
    assert OPERATION.parameter(name, location) is found

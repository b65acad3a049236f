import pytest

from arazzo_runner.mock.solving.nodes import both, bounds, counted, either, none, sized, some, value
from arazzo_runner.mock.solving.queries import read_rfc9535
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import complaints


@pytest.mark.parametrize(
    ("query", "with_node", "without"),
    [
        ("$.a", {"a": 1}, {}),
        ("$.a[1]", {"a": [1, 2]}, {"a": [1]}),
        ("$.a[-2]", {"a": [1, 2]}, {"a": []}),
        ("$.a[?@.b == 1]", {"a": [{"b": 1}]}, {"a": [{"b": 2}]}),
        ("$.a[?@.b > 1].c", {"a": [{"b": 2, "c": 0}]}, {"a": [{"b": 0, "c": 0}]}),
        ("$.a.*", {"a": [1]}, {"a": []}),
        ("$..z", {"a": [{"z": 1}]}, {"a": [{"y": 1}]}),
    ],
)
def test_schemas_tell_values_with_a_node_from_those_without(query: str, with_node: JSON, without: JSON) -> None:
    path = read_rfc9535(query)
    found, missed = some(path, True), none(path)
    assert complaints(found, with_node) == []
    assert complaints(found, without)
    assert complaints(missed, without) == []
    assert complaints(missed, with_node)


@pytest.mark.parametrize(
    ("operator", "number", "expected"),
    [
        ("==", 2, (2, 2)),
        (">", 2, (3, None)),
        (">=", 2.5, (3, None)),
        ("<", 2, (0, 1)),
        ("<=", 2, (0, 2)),
        ("==", 0.5, (0, -1)),
    ],
)
def test_bounds_of_a_count(operator: str, number: float, expected: tuple[int, int | None]) -> None:
    assert bounds((operator, number)) == expected


def test_counts_are_sizes_of_what_is_selected() -> None:
    path = read_rfc9535("$.a[?@.b]")
    schema = counted(path, 2, 2)
    assert complaints(schema, {"a": [{"b": 1}, {}, {"b": 2}]}) == []
    assert complaints(schema, {"a": [{"b": 1}]})
    assert counted(read_rfc9535("$.a"), 2, None) is False
    assert counted(path, 1, -1) is False
    assert sized(3, 2, True) is False


def test_schemas_are_joined_plainly() -> None:
    one: JSON = {"const": 1}
    assert (both([]), both([True, one]), both([one, False])) == (True, one, False)
    assert (either([]), either([False, one]), either([one, True])) == (False, one, True)
    assert value("<", None) is False

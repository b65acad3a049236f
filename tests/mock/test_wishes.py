from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.criteria.simple.compare import contains, equal, has_media_type, ordered, truthy
from arazzo_runner.expressions.pointer import meant
from arazzo_runner.mock import wishes
from arazzo_runner.mock.instances.generate import NoInstance, generate
from arazzo_runner.mock.instances.walk import NO_HINT
from arazzo_runner.values import JSON, Value
from tests.mock.instances.schemas import complaints

VALUES: list[Value] = [None, True, False, 0, 1, -2, 2.5, 10**20, "", "a", "Ab", "10", "2.5", "z", [], [1], {"a": 1}]


def holds(schema: JSON, value: Value) -> bool:
    return complaints(schema, value) == []  # type: ignore[arg-type]  # none of them is bytes


@pytest.mark.parametrize("constant", VALUES, ids=repr)
def test_equality_wishes_for_exactly_what_equals(constant: Value) -> None:
    for value in VALUES:
        if isinstance(value, int | float) and not isinstance(value, bool) and isinstance(constant, str | int | float):
            assert not holds(wishes.compared("==", constant), value) or equal(value, constant)
        else:
            assert holds(wishes.compared("==", constant), value) == equal(value, constant), value
        assert not holds(wishes.compared("!=", constant), value) or not equal(value, constant), value


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("constant", [0, 5, -3, 2.5, 10**20, "7", "-1.5"])
def test_an_order_wishes_for_values_on_the_right_side(operator: str, constant: Value) -> None:
    schema = wishes.compared(operator, constant)
    for kind in ("integer", "number", "string"):
        made = generate(schema, wishes=({"type": kind},))
        assert ordered(operator, made, constant), made  # type: ignore[arg-type]  # it is JSON


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("constant", ["m", "2025-06-01", "2025-06-01T10:00:00Z"])
def test_an_order_of_texts_wishes_for_a_text_beyond(operator: str, constant: str) -> None:
    made = generate(wishes.compared(operator, constant))
    assert ordered(operator, made, constant)  # type: ignore[arg-type]  # it is JSON


@pytest.mark.parametrize("constant", [None, True, [1], {"a": 1}, b"x"])
def test_what_has_no_order_cannot_be_wished_for(constant: Value) -> None:
    assert wishes.compared("<", constant) is False


@pytest.mark.parametrize("wanted", [True, False])
def test_truth(wanted: bool) -> None:
    for value in VALUES:
        assert holds(wishes.truth(wanted), value) == (truthy(value) is wanted), value


@pytest.mark.parametrize("constant", ["needle", "5.", 12])
def test_what_contains_is_wished_for_in_each_of_its_forms(constant: Value) -> None:
    for kind in ("string", "array"):
        made = generate(wishes.holding(constant), wishes=({"type": kind},))
        assert contains(made, constant), made  # type: ignore[arg-type]  # it is JSON
    assert wishes.holding(b"x") is False


@pytest.mark.parametrize(("text", "value"), [("application/json", "Application/JSON; a=b"), ("text/*", "text/csv")])
def test_media_types_are_wished_for_as_they_compare(text: str, value: str) -> None:
    assert has_media_type(value, text)
    assert holds(wishes.media_type(text, True), value)
    assert not holds(wishes.media_type(text, False), value)
    assert not holds(wishes.media_type(text, True), "image/png")


@given(st.text(max_size=40))
def test_a_folded_text_is_a_pattern_for_itself(text: str) -> None:
    assert holds({"pattern": f"^{wishes.folded(text)}$"}, text)
    assert text.upper().lower() != text.lower() or holds({"pattern": wishes.folded(text)}, text)


def test_a_folded_text_is_a_pattern_without_case() -> None:
    assert holds({"pattern": f"^{wishes.folded('a.B')}$"}, "A.b")
    assert not holds({"pattern": f"^{wishes.folded('a.B')}$"}, "axb")
    assert wishes.folded("a" * 600 + ".").endswith("\\.")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), 5),
        (("a",), {"a": 5}),
        (("a", "b"), {"a": {"b": 5}}),
        (("a", "1"), {"a": [0, 5]}),
        (("a", "1"), {"a": {"1": 5}}),
        ((1, "a"), [0, {"a": 5}]),
    ],
)
def test_a_wish_stands_at_its_place(path: tuple[str | int, ...], value: JSON) -> None:
    assert holds(wishes.nested(path, {"const": 5}), value)  # type: ignore[arg-type]  # JSON is a Value
    assert not holds(wishes.nested(path, {"const": 6}), value)  # type: ignore[arg-type]  # JSON is a Value


@pytest.mark.parametrize("value", [{"a": {"b": 5}}, {"a": [{"b": 5}]}, [{"a": {"b": 5}}], [{"a": [{"b": 5}, 6]}]])
def test_a_name_that_is_meant_for_one_item_may_stand_in_the_first(value: JSON) -> None:
    path = meant(("a", "b"))
    assert holds(wishes.nested(path, {"const": 5}), value)  # type: ignore[arg-type]  # JSON is a Value
    assert not holds(wishes.nested(path, {"const": 6}), value)  # type: ignore[arg-type]  # JSON is a Value
    assert not holds(wishes.nested(path, {"const": 5}), {"a": [1, {"b": 5}]})


def test_an_index_that_is_meant_so_is_plain_text_in_a_schema() -> None:
    wish: Any = wishes.nested(meant(("a", "0")), {"const": 5})
    validator = jsonschema_rs.validator_for(wish)  # takes no other strings
    assert [validator.is_valid(one) for one in ({"a": {"0": 5}}, {"a": [5]}, {"a": [6]})] == [True, True, False]


def test_an_absent_member_is_a_wish_too() -> None:
    assert holds(wishes.nested(("a",), wishes.ABSENT), {})
    assert not holds(wishes.nested(("a",), wishes.ABSENT), {"a": None})
    assert holds(wishes.nested((1,), wishes.ABSENT), [0])
    assert not holds(wishes.nested((1,), wishes.ABSENT), [0, 1])


def test_an_index_without_end_cannot_be_met() -> None:
    found = generate(True, wishes=(wishes.nested((10**9,), True),))
    assert isinstance(found, NoInstance)
    assert found.limited


def test_no_hint_is_no_value() -> None:
    assert not NO_HINT


@pytest.mark.parametrize(
    ("format_of", "operator", "constant"),
    [
        ("date-time", ">", "2030-01-01"),
        ("date-time", "<=", "2030-01-01"),
        ("date", ">", "2030-01-01T00:00:00Z"),
        ("date", "<", "2030-01-01T00:00:00Z"),
    ],
)
def test_texts_in_order_have_their_format(format_of: str, operator: str, constant: str) -> None:
    schema: JSON = {"type": "string", "format": format_of}
    value = generate(schema, wishes=(wishes.compared(operator, constant),))
    assert isinstance(value, str)
    assert ordered(operator, value, constant)
    assert complaints(schema, value) == []

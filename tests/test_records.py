import copy
import dataclasses
import inspect
import pickle
import sys
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from typing import Any

import pytest

from arazzo_runner import records
from arazzo_runner.records import dataclass

ours_only = pytest.mark.skipif(sys.version_info >= (3, 14), reason="that of the standard library is used")


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: "int | str" = 2
    tags: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict, compare=False, repr=False)


@dataclass(slots=True)
class Counter:
    count: int = 0
    seen: list[int] = field(default_factory=list)
    late: int = field(init=False, default=7)

    def __post_init__(self) -> None:
        self.count += 1


@dataclass(slots=True, eq=False)
class Thing:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    one: str
    two: int = 3


def standard(cls: Any, **options: bool) -> Any:
    """Make the same class with the decorator of the standard library."""
    own = {name: value for name, value in PLAIN[cls.__name__].items()}
    return dataclasses.dataclass(**options)(type(cls.__name__, (), {**own, "__module__": __name__}))


PLAIN: dict[str, dict[str, Any]] = {
    "Point": {
        "__annotations__": {"x": "int", "y": "int | str", "tags": "tuple[str, ...]", "more": "dict[str, int]"},
        "y": 2,
        "tags": (),
        "more": field(default_factory=dict, compare=False, repr=False),
    },
    "Named": {"__annotations__": {"one": "str", "two": "int"}, "two": 3},
}


def test_it_is_made_by_our_own_decorator_and_is_a_dataclass_all_the_same() -> None:
    assert is_dataclass(Point)
    assert [each.name for each in fields(Point)] == ["x", "y", "tags", "more"]
    assert not hasattr(Point(1), "__dict__")


def test_it_shows_compares_and_hashes_as_one_of_the_standard_library() -> None:
    twin = standard(Point, frozen=True, slots=True)
    for values in ((1,), (1, "a"), (1, 2, ("t",), {"m": 1})):
        assert repr(Point(*values)).endswith(repr(twin(*values)).rpartition("Point")[2])
        assert hash(Point(*values)) == hash(twin(*values))
        assert Point(*values) == Point(*values)
    assert Point(1) != Point(2)
    assert Point(1, more={"a": 1}) == Point(1, more={"b": 2})
    assert Point(1) != twin(1)


def test_what_is_frozen_stays_as_it_is() -> None:
    point = Point(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        point.x = 2  # type: ignore[misc]  # that it can't be is what is tested
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del point.x  # type: ignore[misc]  # as above
    assert point == Point(1)


def test_it_is_replaced_copied_matched_and_pickled() -> None:
    point = Point(1, "b", ("t",))
    assert replace(point, x=5) == Point(5, "b", ("t",))
    assert copy.copy(point) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point
    match point:
        case Point(x, y):
            assert (x, y) == (1, "b")


def test_each_record_has_a_default_of_its_own() -> None:
    one, other = Counter(), Counter(4)
    one.seen.append(1)
    assert (one.count, one.seen, one.late) == (1, [1], 7)
    assert (other.count, other.seen) == (5, [])
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_without_equality_each_is_itself() -> None:
    thing = Thing("a")
    assert thing != Thing("a")
    assert len({thing, Thing("a")}) == 2


def test_wrong_arguments_are_refused_as_by_any_function() -> None:
    with pytest.raises(TypeError, match=r"Point\.__init__\(\) missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]  # as tested
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        Point(1, z=2)  # type: ignore[call-arg]  # as tested
    with pytest.raises(TypeError, match="positional"):
        Named("a")  # type: ignore[misc]  # as tested


@pytest.mark.parametrize("cls", [Point, Named])
def test_the_signature_is_that_of_the_fields(cls: Any) -> None:
    options = {"kw_only": True} if cls is Named else {}
    twin = standard(cls, frozen=True, slots=True, **options)
    assert list(inspect.signature(cls).parameters) == list(inspect.signature(twin).parameters)
    kinds = [each.kind for each in inspect.signature(cls).parameters.values()]
    assert kinds == [each.kind for each in inspect.signature(twin).parameters.values()]


def test_a_default_that_all_would_share_is_refused() -> None:
    with pytest.raises(ValueError, match="mutable default"):
        dataclass(frozen=True, slots=True)(type("Shared", (), {"__annotations__": {"a": "list[int]"}, "a": []}))


@ours_only
@pytest.mark.parametrize(
    ("members", "bases"),
    [
        ({"__annotations__": {"a": "ClassVar[int]"}, "a": 1}, ()),
        ({"__annotations__": {"a": "int"}}, (Exception,)),
        ({"__annotations__": {"a": int}}, ()),
    ],
    ids=["class variable", "base", "annotation that is no text"],
)
def test_what_is_unusual_is_left_to_the_standard_library(
    members: dict[str, Any], bases: tuple[type, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_record", None)
    made = dataclass(slots=True)(type("Odd", bases, {**members, "__module__": __name__}))
    assert is_dataclass(made)


@ours_only
def test_no_function_is_compiled_before_the_first_record_is_made() -> None:
    cls: Any = dataclass(frozen=True, slots=True)(type("Late", (), {"__annotations__": {"a": "int"}}))
    assert hasattr(cls.__init__, "first_use")
    cls(1)
    assert not hasattr(cls.__init__, "first_use")


def test_every_record_of_the_package_is_made_by_it(project: Any) -> None:
    """What is decorated by `dataclasses` alone costs thirty times as much at each start."""
    found = [
        str(path.relative_to(project))
        for path in sorted((project / "arazzo_runner").rglob("*.py"))
        if "from dataclasses import dataclass" in path.read_text("utf-8") and path.name != "records.py"
    ]
    assert found == []

import pytest

from arazzo_runner.mock.described import Schemas
from arazzo_runner.mock.header_fields import Fields, header_fields
from arazzo_runner.mock.invention import Wish
from arazzo_runner.sources.operations import OperationHeader, Schema
from arazzo_runner.values import JSON
from tests.sources.inline import api

DOCUMENT = api()


def header(name: str, schema: JSON = None, *examples: JSON) -> dict[str, OperationHeader]:
    described = None if schema is None else Schema(schema, DOCUMENT, ("headers", name))
    return {name: OperationHeader(name, schema=described, examples=examples)}


def made(declared: dict[str, OperationHeader], wanted: dict[str, JSON] | None = None) -> Fields:
    wishes: dict[str, list[Wish]] = {name: [(schema,)] for name, schema in (wanted or {}).items()}
    return header_fields(declared, wishes, Schemas(), 0)


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"const": "a b"}, "a b"),
        ({"const": 5}, "5"),
        ({"const": True}, "true"),
        ({"const": ["a", 2]}, "a,2"),
        ({"const": {"a": 1, "b": "c"}}, "a,1,b,c"),
    ],
)
def test_values_are_written_in_simple_style(schema: JSON, text: str) -> None:
    assert made(header("X-A", schema)).fields == (("X-A", text),)


def test_examples_and_names_are_used() -> None:
    assert made(header("X-A", {"type": "string"}, "shown")).fields == (("X-A", "shown"),)
    [(_, where)] = made(header("Location", {"type": "string"})).fields
    assert where.startswith("https://example.com/")
    [(_, cookie)] = made(header("Set-Cookie")).fields
    assert cookie.startswith("session=")


def test_wishes_are_met_by_name_without_case() -> None:
    found = made(header("X-Count", {"type": "integer"}), {"x-count": {"const": 7}, "x-other": {"const": "o"}})
    assert found.fields == (("X-Count", "7"), ("x-other", "o"))
    assert (found.unmet, found.undeclared) == ((), ("x-other",))


def test_an_unmet_wish_is_told() -> None:
    found = made(header("X-Count", {"type": "integer"}), {"x-count": {"const": "many"}})
    assert found.fields[0][0] == "X-Count"
    assert found.unmet[0][0] == "X-Count"


@pytest.mark.parametrize(
    "name", ["Content-Type", "content-length", "Transfer-Encoding", "Connection", "Content-Encoding"]
)
def test_what_follows_from_the_answer_is_not_invented(name: str) -> None:
    assert made(header(name, {"type": "string"})).fields == ()


def test_what_cannot_stand_in_a_header_is_left_out_and_told() -> None:
    found = made(header("X-A", {"const": "two\nlines"}))
    assert found.fields == ()
    assert "line break" in found.unmet[0][1]


def test_the_number_of_fields_is_bounded() -> None:
    many = {f"X-{number}": OperationHeader(f"X-{number}") for number in range(200)}
    assert len(made(many).fields) == 60

import pytest

from arazzo_runner.sources.openapi.part_headers import PartHeaders, of_encoding
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.values import JSON


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"const": 5}, "5"),
        ({"default": "d"}, "d"),
        ({"enum": ["only"]}, "only"),
        ({"enum": ["one", "two"]}, None),
        ({"type": "string"}, None),
        ({"const": None}, None),
        (True, None),
        (None, None),
    ],
)
def test_a_header_is_sent_where_its_schema_leaves_one_value(schema: JSON, value: str | None) -> None:
    expected = PartHeaders((("X-A", value),) if value is not None else ())
    assert of_encoding({"headers": {"X-A": {"schema": schema}}}) == expected


@pytest.mark.parametrize("encoding", [None, 5, {}, {"headers": 5}, {"headers": {"X-A": 5}}])
def test_where_nothing_is_said_there_are_none(encoding: JSON) -> None:
    assert of_encoding(encoding) == PartHeaders()


def test_the_headers_that_the_part_has_already_are_passed_over() -> None:
    headers: JSON = {name: {"schema": {"const": "x"}} for name in ("content-type", "Content-Disposition", "X-A")}
    assert of_encoding({"headers": headers}) == PartHeaders((("X-A", "x"),))


def test_a_required_header_without_a_value_is_told() -> None:
    found = of_encoding({"headers": {"X-Open": {"required": True, "schema": {}}, "X-Free": {"schema": {}}}})
    assert isinstance(found, PartHeaders)
    assert [(remark.code, "X-Open" in remark.message) for remark in found.remarks] == [("body-part-header", True)]


def test_the_transfer_encoding_is_named() -> None:
    found = of_encoding({"headers": {"content-transfer-encoding": {"schema": {"const": "BASE64"}}}})
    assert isinstance(found, PartHeaders)
    assert (found.transfer, found.fields) == ("base64", (("content-transfer-encoding", "BASE64"),))


@pytest.mark.parametrize(("name", "value"), [("X-A", "a\r\nX-B: c"), ("Content-Length", "5"), ("X A", "1")], ids=ascii)
def test_headers_that_break_a_part_are_refused(name: str, value: str) -> None:
    refused = of_encoding({"headers": {name: {"schema": {"const": value}}}})
    assert isinstance(refused, Unserialisable)
    assert refused.reason.startswith(f"header {name}: ")

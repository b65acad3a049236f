from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi.parameters import Serialised, cookie_header, query_string, serialise, undeclared
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import MediaType, OperationParameter
from arazzo_runner.values import Value
from tests.sources.openapi.described import schema

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
COLORS: Value = ["blue", "black", "brown"]
RGB: Value = {"R": 100, "G": 200, "B": 150}


def parameter(location: str, style: str = "", explode: bool = False, name: str = "color") -> OperationParameter:
    default = {"path": "simple", "header": "simple"}.get(location, "form")
    return OperationParameter(name, location, style=style or default, explode=explode)


def with_content(location: str, media_type: str, name: str = "q") -> OperationParameter:
    return OperationParameter(name, location, content=MediaType(media_type))


def sent(declared: OperationParameter, value: Value, *, whole: bool = False) -> tuple[str, ...]:
    done = serialise(declared, value, from_whole_expression=whole)
    assert isinstance(done, Serialised), done
    return done.pieces


def reason(declared: OperationParameter, value: Value) -> str:
    refused = serialise(declared, value)
    assert isinstance(refused, Unserialisable), refused
    return refused.reason


@pytest.mark.parametrize(
    ("location", "style", "explode", "value", "expected"),
    [
        ("path", "matrix", False, COLORS, [";color=blue,black,brown"]),
        ("path", "matrix", True, RGB, [";R=100;G=200;B=150"]),
        ("path", "label", True, COLORS, [".blue.black.brown"]),
        ("path", "simple", True, RGB, ["R=100,G=200,B=150"]),
        ("path", "ssv", False, COLORS, ["blue%20black%20brown"]),
        ("query", "form", True, COLORS, ["color=blue", "color=black", "color=brown"]),
        ("query", "form", False, COLORS, ["color=blue,black,brown"]),
        ("query", "deepObject", True, RGB, ["color%5BR%5D=100", "color%5BG%5D=200", "color%5BB%5D=150"]),
        ("header", "simple", False, RGB, ["R,100,G,200,B,150"]),
        ("header", "simple", True, RGB, ["R=100,G=200,B=150"]),
        ("header", "simple", False, [12345678, 90099], ["12345678,90099"]),
        ("header", "tsv", False, COLORS, ["blue\tblack\tbrown"]),
        ("header", "pipes", False, COLORS, ["blue|black|brown"]),
        ("cookie", "form", True, RGB, ["R=100", "G=200", "B=150"]),
        ("cookie", "form", False, COLORS, ["color=blue,black,brown"]),
        (
            "cookie",
            "cookie",
            True,
            {"greeting": "Hello%2C%20world!", "code": 42},
            ["greeting=Hello%2C%20world!", "code=42"],
        ),
        ("cookie", "form", True, "Hello, world!", ["color=Hello%2C%20world%21"]),
    ],
)
def test_each_location_gets_its_pieces(
    location: str, style: str, explode: bool, value: Value, expected: list[str]
) -> None:
    assert sent(parameter(location, style, explode), value) == tuple(expected)


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (False, "false"), (5, "5"), (1.5, "1.5"), (1e16, "10000000000000000.0"), ("", "")],
)
@pytest.mark.parametrize("location", ["path", "query", "header", "cookie"])
def test_primitives(location: str, value: Value, text: str) -> None:
    pieces = sent(parameter(location), value)
    assert pieces == ((text,) if location in ("path", "header") else (f"color={text}",))


def test_an_integer_is_written_without_fraction() -> None:
    declared = OperationParameter("n", "query", schema=schema({"type": "integer"}))
    assert sent(declared, 1.0) == ("n=1",)
    listed = OperationParameter("n", "query", schema=schema({"type": "array", "items": {"type": "integer"}}))
    assert sent(listed, [1.0, 2.0]) == ("n=1", "n=2")


class TestNullAndEmpty:
    @pytest.mark.parametrize("style", ["form", "spaceDelimited", "pipeDelimited", "deepObject"])
    def test_null_is_left_out_of_a_query(self, style: str) -> None:
        assert sent(parameter("query", style), None) == ()

    @pytest.mark.parametrize("location", ["header", "cookie"])
    def test_null_is_left_out_of_header_and_cookie(self, location: str) -> None:
        assert sent(parameter(location), None) == ()
        assert sent(with_content(location, "application/json"), None) == ()

    @pytest.mark.parametrize("style", ["simple", "label", "matrix"])
    def test_null_has_no_place_in_a_path(self, style: str) -> None:
        assert reason(parameter("path", style), None) == "path parameter 'color': null can't stand in a path"

    @pytest.mark.parametrize("value", [[], {}])
    @pytest.mark.parametrize("location", ["query", "header", "cookie"])
    def test_what_has_no_parts_is_left_out(self, location: str, value: Value) -> None:
        assert sent(parameter(location), value) == ()

    @pytest.mark.parametrize(
        ("value", "expected"), [([], ("color=",)), ({}, ("color=",)), (None, ()), ("", ("color=",))]
    )
    def test_allow_empty_value(self, value: Value, expected: tuple[str, ...]) -> None:
        assert sent(OperationParameter("color", "query", allow_empty_value=True), value) == expected

    @pytest.mark.parametrize("value", ["", [], {}])
    def test_an_empty_path_value_is_sent_and_told(self, value: Value) -> None:
        done = serialise(parameter("path"), value)
        assert isinstance(done, Serialised)
        assert done.pieces == ("",)
        assert [remark.code for remark in done.remarks] == ["parameter-empty-path"]

    def test_an_empty_matrix_value_keeps_its_name(self) -> None:
        assert sent(parameter("path", "matrix"), "") == (";color",)


class TestAllowReserved:
    def test_in_a_query(self) -> None:
        declared = OperationParameter("u", "query", allow_reserved=True)
        assert sent(declared, "http://x.com/a?b=c&d#e%20f g") == ("u=http://x.com/a?b=c%26d%23e%20f%20g",)

    def test_in_a_path(self) -> None:
        declared = OperationParameter("u", "path", style="simple", explode=False, allow_reserved=True)
        assert sent(declared, "a:b@c/d?e") == ("a:b@c%2Fd%3Fe",)

    def test_not_for_content(self) -> None:
        declared = OperationParameter("u", "query", allow_reserved=True, content=MediaType("text/plain"))
        assert sent(declared, "a:b") == ("u=a%3Ab",)


class TestContent:
    @pytest.mark.parametrize(
        ("value", "whole", "text"),
        [
            # OpenAPI 3.2, Parameter Object Examples
            ({"lat": 40.6, "long": -73.9}, False, '{"lat":40.6,"long":-73.9}'),
            ([1, 2], False, "[1,2]"),
            ("abc", False, '"abc"'),
            ('{"a": 1}', False, '{"a": 1}'),
            ('{"a": 1}', True, '"{\\"a\\": 1}"'),
            ("5", True, '"5"'),
            (5, False, "5"),
        ],
    )
    def test_json_in_a_query(self, value: Value, whole: bool, text: str) -> None:
        (piece,) = sent(with_content("query", "application/json"), value, whole=whole)
        name, _, encoded = piece.partition("=")
        assert (name, unquote(encoded)) == ("q", text)

    def test_json_elsewhere(self) -> None:
        assert sent(with_content("path", "application/json"), {"a": "b c"}) == ("%7B%22a%22%3A%22b%20c%22%7D",)
        assert sent(with_content("header", "application/json", "X-Q"), {"a": "b c"}) == ('{"a":"b c"}',)
        assert sent(with_content("cookie", "application/json"), [1, "a b"]) == ("q=%5B1%2C%22a%20b%22%5D",)

    def test_a_form_inside_one_parameter(self) -> None:
        assert sent(with_content("query", "application/x-www-form-urlencoded"), {"a": "b c"}) == ("q=a%3Db%2Bc",)

    def test_text(self) -> None:
        assert sent(with_content("query", "text/plain"), "a b") == ("q=a%20b",)
        assert sent(with_content("query", "text/plain"), 5) == ("q=5",)

    def test_an_object_in_a_type_without_structure_is_refused(self) -> None:
        told = reason(with_content("query", "text/csv"), {"a": 1})
        assert told == (
            "query parameter 'q': content of text/csv: an object has no form in this content type: give it as a string"
        )

    @pytest.mark.parametrize(
        ("media_type", "value", "text"),
        [
            ("application/xml", {"a": {"b": 1}}, "<a><b>1</b></a>"),
            ("application/x-ndjson", [1, {"a": 2}], '1\n{"a":2}\n'),
            ("application/yaml", {"a": [1]}, '{"a":[1]}'),
            ("text/event-stream", [{"data": "x"}], "data: x\n\n"),
        ],
    )
    def test_other_media_types_carry_what_bodies_carry(self, media_type: str, value: Value, text: str) -> None:
        (piece,) = sent(with_content("query", media_type), value)
        assert unquote(piece.removeprefix("q=")) == text


class TestHeaders:
    def test_nothing_is_percent_encoded(self) -> None:
        assert sent(parameter("header"), "Bearer a/b+c== %20") == ("Bearer a/b+c== %20",)

    def test_text_outside_ascii_stays(self) -> None:
        assert sent(parameter("header"), "José") == ("José",)

    @pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\n", ["a", "b\r\n"]], ids=ascii)
    def test_line_breaks_are_refused(self, value: Value) -> None:
        assert "line break" in reason(parameter("header"), value)

    @pytest.mark.parametrize("name", ["Content-Length", "Host", "transfer-encoding", "Proxy-Authorization", "a b"])
    def test_framing_headers_are_refused(self, name: str) -> None:
        assert name in reason(undeclared(name, "header"), "1")

    def test_a_comma_inside_an_item_is_told(self) -> None:
        done = serialise(parameter("header"), ["a,b", "c"])
        assert isinstance(done, Serialised)
        assert done.pieces == ("a,b,c",)
        assert [remark.code for remark in done.remarks] == ["parameter-ambiguous-delimiter"]


class TestCookies:
    def test_they_are_merged_into_one_header(self) -> None:
        pieces = (*sent(undeclared("a", "cookie"), 1), *sent(undeclared("b", "cookie"), 2))
        assert cookie_header(pieces) == "a=1; b=2"

    def test_an_undeclared_one_goes_as_it_is(self) -> None:
        assert sent(undeclared("sid", "cookie"), "s%3Aabc==/+") == ("sid=s%3Aabc==/+",)

    def test_a_declared_one_is_encoded_as_its_style_says(self) -> None:
        assert sent(parameter("cookie", "form", True), "a;b=c") == ("color=a%3Bb%3Dc",)

    @pytest.mark.parametrize("value", ["a;b", "a\r\nb", "a\x00"], ids=ascii)
    def test_what_would_break_the_header_is_refused(self, value: str) -> None:
        assert "cookie parameter 'sid'" in reason(undeclared("sid", "cookie"), value)

    def test_a_name_that_is_none_is_refused(self) -> None:
        assert "name of a cookie" in reason(undeclared("a b", "cookie"), "1")


class TestWholeQuery:
    @pytest.mark.parametrize(
        "declared", [undeclared("q", "querystring"), with_content("querystring", "application/x-www-form-urlencoded")]
    )
    def test_a_form_goes_verbatim(self, declared: OperationParameter) -> None:
        assert sent(declared, "a=1&b=%20x+y&c=%5B") == ("a=1&b=%20x+y&c=%5B",)

    def test_what_no_query_can_hold_is_encoded(self) -> None:
        done = serialise(undeclared("q", "querystring"), 'a=b c"ü#f%')
        assert isinstance(done, Serialised)
        assert done.pieces == ("a=b%20c%22%C3%BC%23f%25",)
        assert [remark.code for remark in done.remarks] == ["parameter-query-fragment"]

    @pytest.mark.parametrize(
        ("media_type", "value", "expected"),
        [
            # OpenAPI 3.2, Parameter Object Examples
            (
                "application/json",
                '{"numbers":[1,2],"flag":null}',
                "%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D",
            ),
            ("application/jsonpath", "$.a.b[1:1]", "%24.a.b%5B1%3A1%5D"),
        ],
    )
    def test_other_content_is_percent_encoded(self, media_type: str, value: str, expected: str) -> None:
        assert sent(with_content("querystring", media_type), value) == (expected,)

    @pytest.mark.parametrize(("value", "told"), [("a=b", True), ('{"a": 1}', False)])
    def test_a_query_that_is_to_be_json_and_is_none_is_told(self, value: str, told: bool) -> None:
        done = serialise(with_content("querystring", "application/json"), value)
        assert isinstance(done, Serialised)
        assert [remark.code for remark in done.remarks] == (["parameter-query-content"] if told else [])

    @pytest.mark.parametrize("value", [5, {"a": 1}, ["a"], None, True])
    def test_only_a_string_is_a_query(self, value: Value) -> None:
        assert "must be given as a string" in reason(undeclared("q", "querystring"), value)


@pytest.mark.parametrize(
    ("location", "style", "used"),
    [("query", "matrix", "form"), ("header", "form", "simple"), ("path", "nonsense", "simple")],
)
def test_a_misplaced_style_falls_back_and_is_told(location: str, style: str, used: str) -> None:
    done = serialise(parameter(location, style), "v")
    assert isinstance(done, Serialised)
    assert done.pieces == sent(parameter(location, used), "v")
    assert [remark.code for remark in done.remarks] == ["parameter-style-misplaced"]


def test_an_unknown_location_is_refused() -> None:
    assert "'body' is no location" in reason(OperationParameter("x", "body"), 1)


def test_half_a_surrogate_pair_in_a_name_is_refused() -> None:
    assert "surrogate" in reason(undeclared("\ud800", "query"), 1)


def test_names_are_encoded() -> None:
    assert sent(undeclared("filter[a b]&", "query"), "v") == ("filter%5Ba%20b%5D%26=v",)


def test_query_pieces_are_joined_in_order() -> None:
    assert query_string(["b=1", "a=2"]) == "b=1&a=2"


@given(st.dictionaries(TEXTS, TEXTS))
def test_a_query_of_any_parameters_is_parsed_back(values: dict[str, str]) -> None:
    pieces = [piece for name, value in values.items() for piece in sent(undeclared(name, "query"), value)]
    assert parse_qsl(query_string(pieces), keep_blank_values=True) == list(values.items())


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


STYLES = st.sampled_from(["", "form", "simple", "label", "matrix", "deepObject", "pipeDelimited", "cookie"])


@given(st.sampled_from(["path", "query", "header", "cookie", "querystring"]), STYLES, st.booleans(), JSON_VALUES)
def test_any_value_is_sent_or_refused_and_never_breaks_out(
    location: str, style: str, explode: bool, value: Value
) -> None:
    done = serialise(parameter(location, style, explode), value)
    if isinstance(done, Serialised):
        text = "".join(done.pieces)
        assert not set(text) & set("\r\n\x00")
        assert location in ("header", "cookie") or (text.isascii() and not set(text) & set(' #<>"\\^`{|}[]'))
        assert location != "path" or "/" not in text

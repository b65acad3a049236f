"""The style tables of OpenAPI 3.0.4, 3.1.1 and 3.2.1 (Style Examples), and RFC 6570's where they go further.

The column *undefined* is the one that the versions disagree on; it has its own tests in test_parameters.py (PAR-23).
"""

from dataclasses import replace
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi import percent
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.openapi.styles import MAX_DEPTH, STYLES, Pieces, Place, expand, permitted
from arazzo_runner.values import JSON, Value
from tests.sources.openapi.described import schema

BLUE: Value = "blue"
COLORS: Value = ["blue", "black", "brown"]
RGB: Value = {"R": 100, "G": 200, "B": 150}
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def place(style: str, explode: bool = False, name: str = "color") -> Place:
    return Place(name, style, explode, percent.unreserved, percent.unreserved)


def pieces(style: str, explode: bool, value: Value) -> tuple[str, ...]:
    done = expand(place(style, explode), value)
    assert isinstance(done, Pieces)
    assert not done.remarks
    return done.pieces


# style, explode, value, pieces: every cell that the tables define. What stands before and between the pieces
# (`;`, `.`, `,`, `&`) is the row's in STYLES.
DEFINED = [
    ("matrix", False, "", ["color"]),
    ("matrix", False, BLUE, ["color=blue"]),
    ("matrix", False, COLORS, ["color=blue,black,brown"]),
    ("matrix", False, RGB, ["color=R,100,G,200,B,150"]),
    ("matrix", True, "", ["color"]),
    ("matrix", True, BLUE, ["color=blue"]),
    ("matrix", True, COLORS, ["color=blue", "color=black", "color=brown"]),
    ("matrix", True, RGB, ["R=100", "G=200", "B=150"]),
    ("label", False, "", [""]),
    ("label", False, BLUE, ["blue"]),
    ("label", False, COLORS, ["blue,black,brown"]),
    ("label", False, RGB, ["R,100,G,200,B,150"]),
    ("label", True, "", [""]),
    ("label", True, BLUE, ["blue"]),
    ("label", True, COLORS, ["blue", "black", "brown"]),
    ("label", True, RGB, ["R=100", "G=200", "B=150"]),
    ("simple", False, "", [""]),
    ("simple", False, BLUE, ["blue"]),
    ("simple", False, COLORS, ["blue,black,brown"]),
    ("simple", False, RGB, ["R,100,G,200,B,150"]),
    ("simple", True, "", [""]),
    ("simple", True, BLUE, ["blue"]),
    ("simple", True, COLORS, ["blue", "black", "brown"]),
    ("simple", True, RGB, ["R=100", "G=200", "B=150"]),
    ("form", False, "", ["color="]),
    ("form", False, BLUE, ["color=blue"]),
    ("form", False, COLORS, ["color=blue,black,brown"]),
    ("form", False, RGB, ["color=R,100,G,200,B,150"]),
    ("form", True, "", ["color="]),
    ("form", True, BLUE, ["color=blue"]),
    ("form", True, COLORS, ["color=blue", "color=black", "color=brown"]),
    ("form", True, RGB, ["R=100", "G=200", "B=150"]),
    ("spaceDelimited", False, COLORS, ["color=blue%20black%20brown"]),
    ("spaceDelimited", False, RGB, ["color=R%20100%20G%20200%20B%20150"]),
    ("pipeDelimited", False, COLORS, ["color=blue%7Cblack%7Cbrown"]),
    ("pipeDelimited", False, RGB, ["color=R%7C100%7CG%7C200%7CB%7C150"]),
    ("deepObject", True, RGB, ["color%5BR%5D=100", "color%5BG%5D=200", "color%5BB%5D=150"]),
    ("cookie", False, "", ["color="]),
    ("cookie", False, BLUE, ["color=blue"]),
    ("cookie", True, "", ["color="]),
    ("cookie", True, BLUE, ["color=blue"]),
    ("cookie", True, COLORS, ["color=blue", "color=black", "color=brown"]),
    ("cookie", True, RGB, ["R=100", "G=200", "B=150"]),
    # Swagger 2.0: collectionFormat tsv in a query; ssv, pipes and tsv in a path or header
    ("tabDelimited", False, COLORS, ["color=blue%09black%09brown"]),
    ("ssv", False, COLORS, ["blue%20black%20brown"]),
    ("pipes", False, COLORS, ["blue%7Cblack%7Cbrown"]),
    ("tsv", False, COLORS, ["blue%09black%09brown"]),
]


@pytest.mark.parametrize(("style", "explode", "value", "expected"), DEFINED)
def test_defined_cells(style: str, explode: bool, value: Value, expected: list[str]) -> None:
    assert pieces(style, explode, value) == tuple(expected)


# Cells marked n/a that have one plausible reading: sent, and told.
TOLD = [
    ("spaceDelimited", False, "", ["color="]),
    ("spaceDelimited", False, BLUE, ["color=blue"]),
    ("spaceDelimited", True, BLUE, ["color=blue"]),
    ("spaceDelimited", True, COLORS, ["color=blue", "color=black", "color=brown"]),
    ("pipeDelimited", False, "", ["color="]),
    ("pipeDelimited", False, BLUE, ["color=blue"]),
    ("pipeDelimited", True, BLUE, ["color=blue"]),
    ("pipeDelimited", True, COLORS, ["color=blue", "color=black", "color=brown"]),
    ("cookie", False, COLORS, ["color=blue,black,brown"]),
    ("cookie", False, RGB, ["color=R,100,G,200,B,150"]),
    ("deepObject", False, RGB, ["color%5BR%5D=100", "color%5BG%5D=200", "color%5BB%5D=150"]),
]


@pytest.mark.parametrize(("style", "explode", "value", "expected"), TOLD)
def test_undefined_cells_of_one_reading(style: str, explode: bool, value: Value, expected: list[str]) -> None:
    done = expand(place(style, explode), value)
    assert isinstance(done, Pieces)
    assert done.pieces == tuple(expected)
    assert [remark.code for remark in done.remarks] == ["parameter-style-undefined"]
    assert style in done.remarks[0].message


# Cells marked n/a that have several: refused.
REFUSED = [
    ("spaceDelimited", True, RGB, "explode"),
    ("pipeDelimited", True, RGB, "explode"),
    ("deepObject", True, "", "a string"),
    ("deepObject", True, BLUE, "a string"),
    ("deepObject", True, COLORS, "an array"),
    ("deepObject", False, 5, "an integer"),
]


@pytest.mark.parametrize(("style", "explode", "value", "reason"), REFUSED)
def test_undefined_cells_of_several_readings(style: str, explode: bool, value: Value, reason: str) -> None:
    refused = expand(place(style, explode), value)
    assert isinstance(refused, Unserialisable)
    assert reason in refused.reason


# RFC 6570, section 3.2: variables of its tables, in the operators that OpenAPI has.
EXPANSIONS = [
    ("simple", False, "Hello World!", "Hello%20World%21"),
    ("simple", False, "50%", "50%25"),
    ("simple", False, "1024", "1024"),
    ("simple", False, ["red", "green", "blue"], "red,green,blue"),
    ("simple", False, {"semi": ";", "dot": ".", "comma": ","}, "semi,%3B,dot,.,comma,%2C"),
    ("simple", True, {"semi": ";", "dot": ".", "comma": ","}, "semi=%3B,dot=.,comma=%2C"),
    ("label", False, "fred", ".fred"),
    ("label", False, ["red", "green", "blue"], ".red,green,blue"),
    ("label", True, ["red", "green", "blue"], ".red.green.blue"),
    ("label", False, {"semi": ";", "dot": ".", "comma": ","}, ".semi,%3B,dot,.,comma,%2C"),
    ("label", True, {"semi": ";", "dash": "-", "comma": ","}, ".semi=%3B.dash=-.comma=%2C"),
    ("matrix", False, "fred", ";color=fred"),
    ("matrix", False, "", ";color"),
    ("matrix", True, ["red", "green", "blue"], ";color=red;color=green;color=blue"),
    ("matrix", False, {"semi": ";", "dot": ".", "comma": ","}, ";color=semi,%3B,dot,.,comma,%2C"),
    ("matrix", True, {"x": "", "y": "1"}, ";x;y=1"),
    ("matrix", True, {"x": ""}, ";x"),
    ("matrix", True, ["", "a"], ";color;color=a"),
    ("matrix", False, {"x": ""}, ";color=x,"),
    ("label", True, {"x": ""}, ".x="),
    ("simple", True, {"x": ""}, "x="),
    ("matrix", True, {"semi": ";", "dot": ".", "comma": ","}, ";semi=%3B;dot=.;comma=%2C"),
    ("form", False, "fred", "color=fred"),
    ("form", False, ["red", "green", "blue"], "color=red,green,blue"),
    ("form", True, ["red", "green", "blue"], "color=red&color=green&color=blue"),
    ("form", False, {"semi": ";", "dot": ".", "comma": ","}, "color=semi,%3B,dot,.,comma,%2C"),
    ("form", True, {"semi": ";", "dot": ".", "comma": ","}, "semi=%3B&dot=.&comma=%2C"),
    # section 2.3: an empty list and null are undefined, and so are members that are null
    ("form", True, [], ""),
    ("form", False, {}, ""),
    ("form", True, ["a", None], "color=a"),
    ("form", False, {"a": None, "b": 1}, "color=b,1"),
    ("form", True, None, ""),
]


@pytest.mark.parametrize(("style", "explode", "value", "expected"), EXPANSIONS)
def test_expansions_of_rfc_6570(style: str, explode: bool, value: Value, expected: str) -> None:
    row = STYLES[style]
    assert (row.first + row.separator.join(pieces(style, explode, value)) if expected else "") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": {"b": 1}}, ["f[a][b]=1"]),
        ({"tags": ["x", "y"]}, ["f[tags][0]=x", "f[tags][1]=y"]),
        ({"a": [{"b": True}]}, ["f[a][0][b]=true"]),
        ({"a": 1, "b": {"c": None, "d": ""}}, ["f[a]=1", "f[b][d]="]),
        ({"a": {}}, []),
    ],
)
def test_deep_objects_nest_in_brackets(value: Value, expected: list[str]) -> None:
    done = expand(place("deepObject", True, "f"), value)
    assert isinstance(done, Pieces)
    assert [unquote(piece) for piece in done.pieces] == expected
    assert [remark.code for remark in done.remarks] == ["parameter-nested-value"]


def test_a_deep_object_has_a_limit() -> None:
    value: Value = 1
    for _ in range(MAX_DEPTH + 1):
        value = {"a": value}
    refused = expand(place("deepObject"), value)
    assert isinstance(refused, Unserialisable)
    assert str(MAX_DEPTH) in refused.reason


@pytest.mark.parametrize(
    ("style", "inner", "expected"),
    [
        ("form", {}, "color=1%2C2,3"),
        ("form", {"collectionFormat": "pipes"}, "color=1%7C2,3"),
        ("pipeDelimited", {"collectionFormat": "ssv"}, "color=1%202%7C3"),
        ("pipeDelimited", {"collectionFormat": "tsv"}, "color=1%092%7C3"),
        ("tsv", {"collectionFormat": "csv"}, "1%2C2%093"),
    ],
)
def test_arrays_in_arrays_of_swagger_have_a_format_of_their_own(
    style: str, inner: dict[str, JSON], expected: str
) -> None:
    node: JSON = {"type": "array", "items": {"type": "array", "items": {"type": "integer"}, **inner}}
    done = expand(replace(place(style), schema=schema(node, "2.0")), [[1, 2.0, None], [3]])
    assert done == Pieces((expected,))


@pytest.mark.parametrize("style", ["form", "simple", "matrix"])
def test_what_is_nested_travels_as_json(style: str) -> None:
    done = expand(place(style, True), [{"a": 1}, "b"])
    assert isinstance(done, Pieces)
    assert unquote(done.pieces[0]).endswith('{"a":1}')
    assert [remark.code for remark in done.remarks] == ["parameter-nested-value"]


@pytest.mark.parametrize(
    ("style", "explode", "value", "told"),
    [
        ("pipeDelimited", False, ["a|b", "c"], True),
        ("spaceDelimited", False, ["a b"], True),
        ("spaceDelimited", False, ["a|b"], False),
        ("spaceDelimited", False, {"a b": "c"}, True),
        ("form", False, ["a,b"], False),
        ("label", True, {"semi": ";", "dot": "."}, True),
        ("label", True, ".", False),
    ],
)
def test_a_delimiter_inside_a_part_is_told_where_the_style_loses_it(
    style: str, explode: bool, value: Value, told: bool
) -> None:
    done = expand(place(style, explode), value)
    assert isinstance(done, Pieces)
    assert ("parameter-ambiguous-delimiter" in [remark.code for remark in done.remarks]) is told


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("form", False, ["a,b", "c"], ("color=a%2Cb,c",)),
        ("form", False, "a,b=c", ("color=a,b=c",)),
        ("form", True, ["a,b", "c=d"], ("color=a,b", "color=c%3Dd")),
        ("form", True, {"k=": "v"}, ("k%3D=v",)),
        ("matrix", True, ["a;b"], ("color=a%3Bb",)),
    ],
)
def test_delimiters_stay_apart_under_allow_reserved(
    style: str, explode: bool, value: Value, expected: tuple[str, ...]
) -> None:
    encode = percent.reserved(percent.QUERY_RESERVED)
    done = expand(Place("color", style, explode, encode, percent.unreserved), value)
    assert isinstance(done, Pieces)
    assert done.pieces == expected


@pytest.mark.parametrize(
    "value", ["\ud800", ["\ud800"], {"\ud800": 1}, {"a": "\ud800"}, {"a": {"\ud800": "b"}}], ids=repr
)
@pytest.mark.parametrize("style", ["form", "deepObject"])
def test_half_a_surrogate_pair_is_refused(style: str, value: Value) -> None:
    if style == "form" or isinstance(value, dict):
        assert isinstance(expand(place(style, True), value), Unserialisable)


@pytest.mark.parametrize(
    ("style", "location", "fits"),
    [
        ("matrix", "path", True),
        ("matrix", "query", False),
        ("simple", "header", True),
        ("simple", "query", False),
        ("form", "cookie", True),
        ("cookie", "cookie", True),
        ("cookie", "query", False),
        ("deepObject", "query", True),
        ("deepObject", "cookie", False),
        ("pipes", "header", True),
        ("unheard", "query", False),
    ],
)
def test_where_a_style_is_permitted(style: str, location: str, fits: bool) -> None:
    assert permitted(style, location) is fits


@given(st.lists(TEXTS, min_size=1))
def test_an_exploded_form_is_parsed_back(items: list[str]) -> None:
    done = expand(place("form", True, "x"), list[Value](items))
    assert isinstance(done, Pieces)
    assert parse_qsl("&".join(done.pieces), keep_blank_values=True) == [("x", item) for item in items]


@given(st.dictionaries(NAMES, TEXTS, min_size=1))
def test_an_exploded_object_is_parsed_back(members: dict[str, str]) -> None:
    done = expand(place("form", True), dict[str, Value](members))
    assert isinstance(done, Pieces)
    assert parse_qsl("&".join(done.pieces), keep_blank_values=True) == list(members.items())


@pytest.mark.parametrize("style", ["form", "matrix", "simple", "label"])
@given(items=st.lists(TEXTS, min_size=1))
def test_a_list_that_is_not_exploded_is_parsed_back(style: str, items: list[str]) -> None:
    done = expand(place(style), list[Value](items))
    assert isinstance(done, Pieces)
    (piece,) = done.pieces
    bare = STYLES[style].bare_empty and items == [""]
    text = "" if bare else piece.removeprefix("color=")
    assert [unquote(item) for item in text.split(",")] == items


@given(st.dictionaries(st.text(st.characters(exclude_characters="[]", exclude_categories=["Cs"])), TEXTS, min_size=1))
def test_a_deep_object_is_parsed_back(members: dict[str, str]) -> None:
    done = expand(place("deepObject", True, "f"), dict[str, Value](members))
    assert isinstance(done, Pieces)
    parsed = parse_qsl("&".join(done.pieces), keep_blank_values=True)
    assert {name.removeprefix("f[").removesuffix("]"): value for name, value in parsed} == members

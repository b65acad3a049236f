"""The published tables of how values are written, cell by cell, through descriptions of each version.

The tables: Style Examples of OpenAPI 3.0.4, 3.1.1 and 3.2.0, and the expansions of RFC 6570 as far as OpenAPI has
operators for them. A cell marked n/a must give a doubt or a refusal in words, never silence.
"""

import pytest

from arazzo_runner.sources.openapi.parameters import Serialised, query_string, serialise
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import OperationParameter
from arazzo_runner.values import JSON, Value
from tests.sources.inline import api, operation

VERSIONS = ("3.0.4", "3.1.1", "3.2.0")
NA = "n/a"

VALUES: dict[str, Value] = {
    "empty": "",
    "string": "blue",
    "array": ["blue", "black", "brown"],
    "object": {"R": 100, "G": 200, "B": 150},
}

# style, explode, then a cell for each of VALUES. The tables of 3.0.4 and 3.1.1 put `?` before what form gives, which is
# the URL's. The column of the empty string was dropped with 3.0.4; RFC 6570 still says what it is.
TABLE = """
matrix         | false | ;color | ;color=blue | ;color=blue,black,brown             | ;color=R,100,G,200,B,150
matrix         | true  | ;color | ;color=blue | ;color=blue;color=black;color=brown | ;R=100;G=200;B=150
label          | false | .      | .blue       | .blue,black,brown                   | .R,100,G,200,B,150
label          | true  | .      | .blue       | .blue.black.brown                   | .R=100.G=200.B=150
simple         | false |        | blue        | blue,black,brown                    | R,100,G,200,B,150
simple         | true  |        | blue        | blue,black,brown                    | R=100,G=200,B=150
form           | false | color= | color=blue  | color=blue,black,brown              | color=R,100,G,200,B,150
form           | true  | color= | color=blue  | color=blue&color=black&color=brown  | R=100&G=200&B=150
spaceDelimited | false | n/a    | n/a         | color=blue%20black%20brown          | color=R%20100%20G%20200%20B%20150
spaceDelimited | true  | n/a    | n/a         | n/a                                 | n/a
pipeDelimited  | false | n/a    | n/a         | color=blue%7Cblack%7Cbrown          | color=R%7C100%7CG%7C200%7CB%7C150
pipeDelimited  | true  | n/a    | n/a         | n/a                                 | n/a
deepObject     | false | n/a    | n/a         | n/a                                 | n/a
deepObject     | true  | n/a    | n/a         | n/a                                 | color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150
"""
# 3.2 alone
COOKIES = """
cookie         | false | color= | color=blue  | n/a                                  | n/a
cookie         | true  | color= | color=blue  | color=blue; color=black; color=brown | R=100; G=200; B=150
"""

# The column of undefined values, null among them: what 3.0.4, 3.1.1 and 3.2.0 publish, and what goes out here. Arazzo's
# null is left out, and refused in a path (PAR-23); RFC 6570 (2.3, 3.2.1) has nothing written for undefined values either.
UNDEFINED = """
matrix         | ;color | ;color |        | refused
label          | .      | .      |        | refused
simple         |        |        |        | refused
form           | color= | color= | color= |
spaceDelimited | n/a    | n/a    | n/a    |
pipeDelimited  | n/a    | n/a    | n/a    |
deepObject     | n/a    | n/a    | n/a    |
cookie         |        |        | color= |
"""

Row = tuple[str, bool, dict[str, str]]


def rows(text: str) -> list[Row]:
    split = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line]
    return [(style, explode == "true", dict(zip(VALUES, cells, strict=True))) for style, explode, *cells in split]


CELLS = [
    pytest.param(version, style, explode, kind, cell, id=f"{version}-{style}-{'explode-' * explode}{kind}")
    for version in VERSIONS
    for style, explode, cells in rows(TABLE + (COOKIES if version == "3.2.0" else ""))
    for kind, cell in cells.items()
]
PLACES = {"matrix": "path", "label": "path", "simple": "path", "cookie": "cookie"}
JOINERS = {"path": "", "query": "&", "cookie": "; "}


def declared(version: str, name: str, location: str, **fields: JSON) -> OperationParameter:
    """Return a parameter as an operation of that version declares it."""
    path = f"/things/{{{name}}}" if location == "path" else "/things"
    parameter: JSON = {"name": name, "in": location, "required": location == "path", **fields}
    return operation(api({path: {"get": {"parameters": [parameter]}}}, version), path).parameters[0]


def written(parameter: OperationParameter, value: Value) -> tuple[str, str]:
    """Return the text that goes out, and what is said about it: a refusal, or that it is undefined."""
    done = serialise(parameter, value)
    if isinstance(done, Unserialisable):
        return "", done.reason
    doubts = [remark.message for remark in done.remarks if remark.code == "parameter-style-undefined"]
    return JOINERS[parameter.location].join(done.pieces), " ".join(doubts)


@pytest.mark.parametrize(("version", "style", "explode", "kind", "cell"), CELLS)
def test_every_cell_of_the_style_tables(version: str, style: str, explode: bool, kind: str, cell: str) -> None:
    parameter = declared(version, "color", PLACES.get(style, "query"), style=style, explode=explode)
    text, told = written(parameter, VALUES[kind])
    assert (f"style {style} " in told) is (cell == NA)
    assert cell in (NA, text)


@pytest.mark.parametrize("line", [line for line in UNDEFINED.splitlines() if line])
@pytest.mark.parametrize("explode", [False, True])
@pytest.mark.parametrize("version", VERSIONS)
def test_an_undefined_value_is_never_written(version: str, explode: bool, line: str) -> None:
    style, *_, ours = (cell.strip() for cell in line.split("|"))
    parameter = declared(version, "color", PLACES.get(style, "query"), style=style, explode=explode)
    refused = Unserialisable("path parameter 'color': null can't stand in a path")
    assert serialise(parameter, None) == (refused if ours else Serialised())


def test_header_and_cookie_have_the_rows_of_their_styles() -> None:
    for explode in (False, True):
        header = declared("3.1.1", "color", "header", explode=explode)
        path = declared("3.1.1", "color", "path", explode=explode)
        cookie = declared("3.1.1", "color", "cookie", explode=explode)
        query = declared("3.1.1", "color", "query", explode=explode)
        for value in VALUES.values():
            assert serialise(header, value) == Serialised(((written(path, value)[0]),))
            assert serialise(cookie, value) == serialise(query, value)


# The examples of RFC 6570, sections 3.2.2 to 3.2.9, with the variables of 3.2.
VARIABLES: dict[str, Value] = {
    "count": ["one", "two", "three"],
    "dom": ["example", "com"],
    "dub": "me/too",
    "hello": "Hello World!",
    "half": "50%",
    "var": "value",
    "who": "fred",
    "base": "http://example.com/home/",
    "path": "/foo/bar",
    "list": ["red", "green", "blue"],
    "keys": {"semi": ";", "dot": ".", "comma": ","},
    "v": "6",
    "x": "1024",
    "y": "768",
    "empty": "",
    "empty_keys": {},
}
EXPANSIONS = """
{var}             value
{hello}           Hello%20World%21
{half}            50%25
{empty}
{dub}             me%2Ftoo
{base}            http%3A%2F%2Fexample.com%2Fhome%2F
{count}           one,two,three
{count*}          one,two,three
{list}            red,green,blue
{list*}           red,green,blue
{keys}            semi,%3B,dot,.,comma,%2C
{keys*}           semi=%3B,dot=.,comma=%2C
{empty_keys}
{.who}            .fred
{.half}           .50%25
{.dom*}           .example.com
{.var}            .value
{.empty}          .
{.list}           .red,green,blue
{.list*}          .red.green.blue
{.keys}           .semi,%3B,dot,.,comma,%2C
{.keys*}          .semi=%3B.dot=..comma=%2C
{.empty_keys}
{.empty_keys*}
{;who}            ;who=fred
{;half}           ;half=50%25
{;empty}          ;empty
{;v}              ;v=6
{;hello}          ;hello=Hello%20World%21
{;count}          ;count=one,two,three
{;count*}         ;count=one;count=two;count=three
{;list}           ;list=red,green,blue
{;list*}          ;list=red;list=green;list=blue
{;keys}           ;keys=semi,%3B,dot,.,comma,%2C
{;keys*}          ;semi=%3B;dot=.;comma=%2C
{?who}            who=fred
{?half}           half=50%25
{?v}              v=6
{?empty}          empty=
{?count}          count=one,two,three
{?count*}         count=one&count=two&count=three
{?list}           list=red,green,blue
{?list*}          list=red&list=green&list=blue
{?keys}           keys=semi,%3B,dot,.,comma,%2C
{?keys*}          semi=%3B&dot=.&comma=%2C
{?empty_keys*}
?var={+var}       var=value
?hello={+hello}   hello=Hello%20World!
?half={+half}     half=50%25
?base={+base}     base=http://example.com/home/
?path={+path}     path=/foo/bar
?list={+list}     list=red,green,blue
?keys={+keys}     keys=semi,;,dot,.,comma,%2C
"""
"""The last one is not RFC 6570's `comma,,`: an item's own comma stays encoded, so that the items stay apart."""

OPERATORS = {"": ("path", "simple"), ".": ("path", "label"), ";": ("path", "matrix"), "?": ("query", "form")}


@pytest.mark.parametrize("line", EXPANSIONS.strip().splitlines())
def test_every_expansion_of_rfc_6570(line: str) -> None:
    template, _, expected = line.partition(" ")
    expression = template.partition("{")[2].removesuffix("}")
    reserved = "{+" in template
    name = expression.strip("+.;?*")
    location, style = ("query", "form") if reserved else OPERATORS[expression[:1] if expression[:1] in ".;?" else ""]
    explode = expression.endswith("*")
    parameter = declared("3.2.0", name, location, style=style, explode=explode, allowReserved=reserved)
    assert written(parameter, VARIABLES[name])[0] == expected.strip()


@pytest.mark.parametrize(
    ("names", "expected"),
    [("x y", "x=1024&y=768"), ("x y empty", "x=1024&y=768&empty="), ("x y undef", "x=1024&y=768")],
)
def test_expressions_of_several_variables(names: str, expected: str) -> None:
    pieces: list[str] = []
    for name in names.split():
        done = serialise(declared("3.1.1", name, "query"), VARIABLES.get(name))
        assert isinstance(done, Serialised)
        pieces += done.pieces
    assert query_string(pieces) == expected


# Parameter Object Examples of OpenAPI 3.2 that have a serialized value.
EXAMPLES: list[tuple[JSON, Value, tuple[str, ...]]] = [
    (
        {"name": "X-Token", "in": "header", "schema": {"type": "array", "items": {"type": "integer"}}},
        [12345678, 90099],
        ("12345678,90099",),
    ),
    (
        {"name": "cookie", "in": "cookie", "style": "cookie"},
        {"greeting": "Hello%2C%20world!", "code": 42},
        ("greeting=Hello%2C%20world!", "code=42"),
    ),
    ({"name": "greeting", "in": "cookie"}, "Hello, world!", ("greeting=Hello%2C%20world%21",)),
    ({"name": "username", "in": "path", "required": True}, "edijkstra", ("edijkstra",)),
    ({"name": "username", "in": "path", "required": True}, "diṅnāga", ("di%E1%B9%85n%C4%81ga",)),
    (
        {"name": "username", "in": "path", "required": True},
        "الخوارزميّ",
        ("%D8%A7%D9%84%D8%AE%D9%88%D8%A7%D8%B1%D8%B2%D9%85%D9%8A%D9%91",),
    ),
    ({"name": "thing", "in": "query"}, ["one thing", "another thing"], ("thing=one%20thing", "thing=another%20thing")),
    ({"name": "freeForm", "in": "query"}, {"page": 4, "pageSize": 50}, ("page=4", "pageSize=50")),
    (
        {"name": "coordinates", "in": "query", "content": {"application/json": {}}},
        {"lat": 40.6, "long": -73.9},
        ("coordinates=%7B%22lat%22%3A40.6%2C%22long%22%3A-73.9%7D",),
    ),
    (
        {"name": "metadata", "in": "querystring", "content": {"application/x-www-form-urlencoded": {}}},
        "foo=a+%2B+b&bar=true",
        ("foo=a+%2B+b&bar=true",),
    ),
    (
        {"name": "json", "in": "querystring", "content": {"application/json": {}}},
        '{"numbers":[1,2],"flag":null}',
        ("%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D",),
    ),
    (
        {"name": "selector", "in": "querystring", "content": {"application/jsonpath": {}}},
        "$.a.b[1:1]",
        ("%24.a.b%5B1%3A1%5D",),
    ),
]


@pytest.mark.parametrize(("written_as", "value", "expected"), EXAMPLES)
def test_the_examples_of_the_parameter_object(
    written_as: dict[str, JSON], value: Value, expected: tuple[str, ...]
) -> None:
    path = "/things/{username}" if written_as["in"] == "path" else "/things"
    (parameter,) = operation(api({path: {"get": {"parameters": [written_as]}}}, "3.2.0"), path).parameters
    assert serialise(parameter, value) == Serialised(expected)

"""JSONPath of the draft of 2007, by the examples that were published with it (checklist JPC-10, reading P7)."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath import Query, compile_goessner
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Value

BOOKS: list[Value] = [
    {"category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95},
    {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99},
    {"category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99},
    {
        "category": "fiction",
        "author": "J. R. R. Tolkien",
        "title": "The Lord of the Rings",
        "isbn": "0-395-19395-8",
        "price": 22.99,
    },
]
BICYCLE: Value = {"color": "red", "price": 19.95}
STORE: Value = {"store": {"book": BOOKS, "bicycle": BICYCLE}}


def values(text: str, data: Value = STORE) -> list[Value]:
    query = compile_goessner(text)
    assert isinstance(query, Query), query
    nodes = query.nodes(data)
    assert not isinstance(nodes, Undecided)
    return [node.value for node in nodes]


def books(*numbers: int) -> list[Value]:
    return [BOOKS[number] for number in numbers]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$.store.book[*].author", ["Nigel Rees", "Evelyn Waugh", "Herman Melville", "J. R. R. Tolkien"]),
        ("$..author", ["Nigel Rees", "Evelyn Waugh", "Herman Melville", "J. R. R. Tolkien"]),
        ("$.store.*", [BOOKS, BICYCLE]),
        ("$.store..price", [8.95, 12.99, 8.99, 22.99, 19.95]),
        ("$..book[2]", books(2)),
        ("$..book[(@.length-1)]", books(3)),
        ("$..book[-1:]", books(3)),
        ("$..book[0,1]", books(0, 1)),
        ("$..book[:2]", books(0, 1)),
        ("$..book[?(@.isbn)]", books(2, 3)),
        ("$..book[?(@.price<10)]", books(0, 2)),
        ("$.store.book[0].title", ["Sayings of the Century"]),
        ("$['store']['book'][0]['title']", ["Sayings of the Century"]),
        ("$.store.book[(@.length-1)].title", ["The Lord of the Rings"]),
        ("$.store.book[?(@.price < 10)].title", ["Sayings of the Century", "Moby Dick"]),
    ],
)
def test_jpc_10_the_published_examples(text: str, found: list[Value]) -> None:
    assert values(text) == found


def test_jpc_10_everything() -> None:
    assert len(values("$..*")) == 27


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$..book[ ( @.length - 2 ) ]", books(2)),
        ("$..book[?(@.price < 10 && @.category == 'fiction')]", books(2)),
        ("$..book[?(@.price > 20 || @.category == 'reference')]", books(0, 3)),
        ("$..book[?(!@.isbn)]", books(0, 1)),
        ("$..book[?(@.title.length > 20)]", books(0, 3)),
        ("$..book[?(@['price'] == 8.95)]", books(0)),
        ("$..book[?(@.author == $.store.book[0].author)]", books(0)),
        ("$..book[?(@.isbn != null)]", books(0, 1, 2, 3)),
        ("$..book[?(@.missing == 'x')]", []),
        ("$.store[?(@.color == 'red')]", [BICYCLE]),
        ("$.store['bicycle','book']", [BICYCLE, BOOKS]),
        ("$..book[::2]", books(0, 2)),
        ("$..book[?(@.title =~ '^Moby')]", books(2)),
        ("$.store.book.`len`", [4]),
        ("$", [STORE]),
        ("$.store.book.length", []),
    ],
)
def test_p7_the_extended_grammar(text: str, found: list[Value]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("text", "singular"),
    [
        ("$.a.b[0]", True),
        ("$.a[(@.length-1)]", True),
        ("$..a", False),
        ("$.a[0,1]", False),
        ("$['a','b']", False),
        ("$.*", False),
    ],
)
def test_what_is_singular_is_known(text: str, singular: bool) -> None:
    query = compile_goessner(text)
    assert isinstance(query, Query)
    assert query.singular is singular


@pytest.mark.parametrize(("text", "parts"), [("$.a", ()), ("$.a.`len`", ("`len`",)), ("$.a[?(@.b =~ 'x')]", ("=~",))])
def test_what_the_draft_does_not_have_is_told(text: str, parts: tuple[str, ...]) -> None:
    query = compile_goessner(text)
    assert isinstance(query, Query)
    assert query.extensions == parts


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("$..book[(@.x)]", "query-unsupported", 7),
        ("$..book[(process.exit())]", "query-unsupported", 7),
        ("$[?(process.exit())]", "query-malformed", 16),
        ("$.store book", "query-malformed", 8),
        ("$.store.book[", "query-malformed", 13),
        ("$..book[(@.length-1)]x", "query-malformed", 21),
        ("", "query-malformed", 0),
        ("store.book", "query-unsupported", 0),
        ("$.a + $.b", "query-unsupported", 0),
        ("$.a[\\b]", "query-unsupported", 0),
        ("$.a.`sub(/x/, y)`", "query-unsupported", 0),
        ("$.a.`parent`", "query-unsupported", 0),
        ("$.a[?(@.b =~ '(')]", "query-unsupported", 0),
        ("$.a where b", "query-unsupported", 0),
        ("[" * 100, "query-too-large", 30),
        ("$" * 30_000, "query-too-large", 0),
    ],
)
def test_sec_05_scripts_and_what_is_no_query_are_refused(text: str, code: str, offset: int) -> None:
    fault = compile_goessner(text)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.offset) == (code, offset)


def test_sec_09_what_explodes_is_stopped() -> None:
    deep: Value = 1
    for _ in range(300):
        deep = [deep, 1]
    nodes = cast(Query, compile_goessner("$..*..*..*")).nodes(deep)
    assert isinstance(nodes, Undecided)
    assert nodes.limit == "max_query_steps"


TEXTS = st.lists(
    st.sampled_from(["$", ".a", "..", "*", "[", "]", "[0]", "[?(", "@", "@.a", "==", "<", "&&", "&", "|", "!", "(", ")", "'x'", "1", "-1",
                     ":", ",", "`len`", " ", "null", "where", "+", "\\", "é", "=~", "[(@.length-1)]"])
).map("".join)  # fmt: skip


@given(TEXTS | st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    query = compile_goessner(text)
    if isinstance(query, Fault):
        assert 0 <= query.offset <= len(text)
    else:
        assert isinstance(query.nodes({"a": [1, {"a": "x"}]}), tuple | Undecided)

"""Texts and values for properties: arbitrary ones, the valid ones of a language, and valid ones that were damaged."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from arazzo_runner.expressions.scope import Received, Scope, Sent, WorkflowRecord
from arazzo_runner.values import Nothing, Value

ANY = st.text(st.characters(), max_size=60) | st.text(st.characters(categories=["Cs", "Cc", "Nd", "Lm"]), max_size=20)
"""Any text, half surrogate pairs and NUL included."""

ODD = (
    "\x00",
    "\ud800",
    "\udfff",
    "\x7f",
    "\u2028",
    "\ufeff",
    "٣",
    "é",
    "\U0001f4a9",
    "\r\n",
    "\t",
    " ",
    "'",
    '"',
    "\\",
)

EXPRESSIONS = (
    "$url", "$method", "$statusCode", "$self", "$request.header.X", "$request.query.a", "$request.path.a",
    "$request.body#/a/0", "$response.body", "$response.body#/a~1b/~0", "$response.header.Set-Cookie", "$inputs.a",
    "$inputs.a.b", "$inputs.a#/b/0", "$outputs.o", "$steps.s.outputs.o", "$steps.s.outputs.o#/a", "$workflows.w.inputs.a",
    "$workflows.w.outputs.o", "$sourceDescriptions.api.url", "$components.parameters.p", "$message.payload#/a",
    "$response.body.a[0].b", "$response.headers.X", "$steps.s.o", "$response.body#a",
    "$inputs", "$outputs", "$steps.s.outputs", "$workflows.w.inputs", "$workflows.w.outputs",
)  # fmt: skip
VALUES_WITH_EXPRESSIONS = (
    "Bearer {$inputs.a}", "{$response.body#/a}{$steps.s.outputs.o}", "Bearer $inputs.a", '{"a": "{$inputs.a}", "b": {$inputs.b}}',
    "{$inputs.a", "{$x}", "{{$inputs.a}}", "$inputs.a/$inputs.b",
)  # fmt: skip
CONDITIONS = (
    "$statusCode == 200", "$statusCode == 5XX", "!($inputs.a == 'it''s') && $response.body#/a/b != null || true",
    "$response.header.X == application/json", '$inputs.a contains "x"', "$inputs.a matches '^a+$'", "$response.body.a[0] >= -1.5e3",
    "{$statusCode == 200}", "{$inputs.a} == 1", "$response.body == $steps.s.outputs.o",
)  # fmt: skip
PATTERNS = (
    r"^(?:a|b)+?\d{2,3}[^\w-]$", r"(?<n>a)\k<n>", r"(?=a(?!b))", r"(?<=a)b", r"\p{L}\u{1F600}\cA\x41\0", r"(?i:a)", "[a-z&&[b]]",
    r"{$inputs.a}", r"\b\B.", "(a+)+$",
)  # fmt: skip
JSONPATHS = (
    "$.a[0]['b']..*", "$[?@.a == 'x' && !(@.b > 1) || count(@.*) > 2]", "$..[?match(@.a, 'a.*')]", "$[1:5:-2, *, 'x']",
    "$[?search(@.a, '(a+)+')]", "$[?length(@) == 3]", "$[?value(@..a) == null]", "$[(@.length-1)]", "$.a[?(@.b =~ 'x')]",
    '$.status == "a" || $.n > 3', "$.items.length > 0", "!($.a)", "$[?@.a == '{$inputs.a}']",
)  # fmt: skip
XPATHS = (
    "//a[@n='1']/b", "count(//a) > 1", "/r/a[last()]", "sum(for $a in //a return $a)", "string-join(//a, ',')", "matches(., '(a+)+$')",
    "//*:b", "let $f := function($x) { $f($x) } return $f(1)", "(1 to 1000000000)[1]", "replace('a', '(a*)*', 'b')", "map{'a': 1}?a",
    "[1, 2](1)", "some $x in //a satisfies $x = '{$inputs.a}'", "xs:date('2000-01-01')", "//processing-instruction() | //@*",
    "parse-json('[1]')?1", "//a ! (. || 'x')", "id('a')",
)  # fmt: skip
MARKUP = (
    "<r><a n='1'>x</a><a n='2'><b/></a><!--c--><?p d?></r>", "<p:r xmlns:p='urn:p'><p:a/></p:r>", "<r>&amp;&#65;</r>",
    "<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>", "<r", "<r>\x00</r>", "<?xml version='1.0' encoding='utf-16'?><r/>", "<r>\ud800</r>",
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, valid: Sequence[str]) -> str:
    """A valid text, or two of them grown together, with pieces left out, doubled, swapped or put in."""
    text = draw(st.sampled_from(valid)) + draw(st.sampled_from(["", "", draw(st.sampled_from(valid))]))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 4)))
        piece = draw(
            st.sampled_from(
                [
                    "",
                    text[start:end] * 2,
                    text[start:end] * 300,
                    draw(st.sampled_from([*ODD, *"()[]{}!.#$/*@,|&=<>-09ax"])),
                ]
            )
        )
        text = text[:start] + piece + text[end:]
    return text


def texts_of(*valid: str) -> st.SearchStrategy[str]:
    """Return texts around a language: its own, damaged and foreign ones."""
    return st.one_of(st.sampled_from(valid), damaged(valid), damaged(valid), ANY)


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), ANY, st.sampled_from(MARKUP), st.sampled_from([10**400, -(10**30), 1e308, "9" * 1_200, "1e999"])
)  # fmt: skip
VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS | st.binary(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "b", "0", ""]) | ANY, inner, max_size=4)
    ),
    max_leaves=12,
)
MAYBE: st.SearchStrategy[Value | Nothing] = VALUES | st.builds(Nothing, ANY, st.booleans())


def _named(values: st.SearchStrategy[Value]) -> st.SearchStrategy[dict[str, Value]]:
    return st.dictionaries(st.sampled_from(["a", "b", "a.b", "o", "X", "x"]) | ANY, values, max_size=4)


_NAMED = _named(VALUES)
_RECORDED: st.SearchStrategy[dict[str, Value | Nothing]] = st.dictionaries(
    st.sampled_from(["o", "a", "o.a"]), MAYBE, max_size=3
)
_HEADERS = st.lists(st.tuples(st.sampled_from(["X", "set-cookie", "Content-Type"]) | ANY, ANY), max_size=3).map(tuple)

SCOPES = st.builds(
    Scope,
    inputs=_NAMED,
    steps=st.dictionaries(st.sampled_from(["s", "t"]), _RECORDED, max_size=2),
    workflows=st.dictionaries(st.just("w"), st.builds(WorkflowRecord, _NAMED, _RECORDED), max_size=1),
    outputs=st.none() | _RECORDED,
    request=st.none() | st.builds(Sent, ANY, ANY, _NAMED, _NAMED, _NAMED, MAYBE),
    response=st.none() | st.builds(Received, st.integers(0, 999), _HEADERS, MAYBE, ANY),
    self_uri=st.none() | ANY,
)

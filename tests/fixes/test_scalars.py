"""A part of a string is replaced in the style in which the string is written."""

from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Splice
from tests.fixes.documents import changed, source

P1 = ("$inputs.t", "{$inputs.t}")


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        # plain stays plain where it can
        ("v: Bearer $inputs.t # why\n", *P1, "v: Bearer {$inputs.t} # why\n"),
        ("v: $inputs.t\n", *P1, "v: '{$inputs.t}'\n"),
        ("v:   a $inputs.t   \n", *P1, "v:   a {$inputs.t}   \n"),
        ("v: Bearer\n   $inputs.t\nw: 1\n", *P1, "v: Bearer\n   {$inputs.t}\nw: 1\n"),
        ("v: abc\n", "abc", "12", "v: '12'\n"),
        ("v: abc\n", "abc", "true", "v: 'true'\n"),
        ("v: abc\n", "abc", "a: b", "v: 'a: b'\n"),
        ("v: abc\n", "abc", "a #b", "v: 'a #b'\n"),
        ("v: abc\n", "abc", "- a", "v: '- a'\n"),
        ("v: abc\n", "abc", "it's", "v: it's\n"),
        ("v: abc\n", "abc", "'quoted'", "v: \"'quoted'\"\n"),
        ("v: abc\n", "abc", "a\nb", 'v: "a\\nb"\n'),
        ("v: abc\n", "abc", "", "v: ''\n"),
        ('v: $response.body#/x == "a"\n', '"a"', "'it''s'", "v: $response.body#/x == 'it''s'\n"),
        # flow style
        ("{v: a $inputs.t, w: 1}\n", *P1, "{v: 'a {$inputs.t}', w: 1}\n"),
        ("v: {w: [abc]}\n", "abc", "a,b", "v: {w: ['a,b']}\n"),
        ("v: {w: [abc]}\n", "abc", "a b", "v: {w: [a b]}\n"),
        # quotes are kept, and what else is in them
        ("v: 'it''s $inputs.t'\n", *P1, "v: 'it''s {$inputs.t}'\n"),
        ("v: 'abc'\n", "abc", "it's", "v: 'it''s'\n"),
        ("v: 'abc'\n", "abc", "a\tb", 'v: "a\\tb"\n'),
        ('v: "a\\u00e9\\t $inputs.t"\n', *P1, 'v: "a\\u00e9\\t {$inputs.t}"\n'),
        ('v: "abc"\n', "abc", 'say "x" \\', 'v: "say \\"x\\" \\\\"\n'),
        ('v: "a\n  b $inputs.t\n  c"\n', *P1, 'v: "a\n  b {$inputs.t}\n  c"\n'),
        ('v: "a \\\n  $inputs.t"\n', *P1, 'v: "a \\\n  {$inputs.t}"\n'),
        # blocks
        ("v: |\n  a\n  b $inputs.t\n  c\n", *P1, "v: |\n  a\n  b {$inputs.t}\n  c\n"),
        ("v: >-\n  a\n  b $inputs.t\n\n  c\nw: 1\n", *P1, "v: >-\n  a\n  b {$inputs.t}\n\n  c\nw: 1\n"),
        ("v: |2-\n   a $inputs.t\n", *P1, "v: |2-\n   a {$inputs.t}\n"),
        ("v: |\n  $.a[?@.b]\n", "$.a[?@.b]\n", "$.a[?@.b]", "v: |-\n  $.a[?@.b]\n"),
        ("v: >+ # c\n  abc\n\n", "abc\n\n", "abc", "v: >- # c\n  abc\n\n"),
        ("v: |\n  abc\n", "abc", "a\nb", "v: |\n  abc\n"),
        ("v: |\n  abc\n", "abc", " abc", "v: |\n  abc\n"),
        # JSON
        ('{"v": "Bearer $inputs.t"}', *P1, '{"v": "Bearer {$inputs.t}"}'),
        ('{"v": "\\ud83d\\ude00 $inputs.t"}', *P1, '{"v": "\\ud83d\\ude00 {$inputs.t}"}'),
        ('{"v": "abc"}', "abc", 'a"\n\u2028\\', '{"v": "a\\"\\n\\u2028\\\\"}'),
        # line ends
        ("v: Bearer $inputs.t\r\nw: 1\r\n", *P1, "v: Bearer {$inputs.t}\r\nw: 1\r\n"),
        ("v: |\r\n  a $inputs.t\r\n", *P1, "v: |\r\n  a {$inputs.t}\r\n"),
        ("é: 1\nv: 😀 $inputs.t\n", *P1, "é: 1\nv: 😀 {$inputs.t}\n"),
    ],
)
def test_a_part_is_replaced_in_the_style_of_the_whole(before: str, old: str, new: str, after: str) -> None:
    path: tuple[str | int, ...] = ("v", "w", 0) if "[abc]" in before else ("v",)
    data = source(before).data
    for token in path:
        data = data[token]  # type: ignore[index]  # the documents are made to have these
    assert isinstance(data, str)
    start = data.index(old)
    assert changed(before, Splice(path, start, start + len(old), new)) == after


def test_two_parts_of_one_string_change_at_once() -> None:
    text = "v: $a and $b\n"
    assert changed(text, Splice(("v",), 0, 2, "x"), Splice(("v",), 7, 9, "y{z}")) == "v: x and y{z}\n"


@pytest.mark.parametrize(
    "text",
    [
        "v: &a abc\nw: *a\n",
        "v: !!str abc\n",
        "base: &a {v: abc}\nother: *a\n",
    ],
)
def test_what_another_place_may_mean_is_left_alone(text: str) -> None:
    path = ("base", "v") if "base" in text else ("v",)
    assert changed(text, Splice(path, 0, 3, "x")) == text


def test_an_alias_is_left_alone() -> None:
    text = "v: &a abc\nw: *a\n"
    assert changed(text, Splice(("w",), 0, 3, "x")) == text

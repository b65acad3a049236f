from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.effects import Request
from arazzo_runner.preview.stand_ins import StandIns
from arazzo_runner.redact import STAND_IN

TEXT = st.text(st.characters(codec="utf-8"))


def test_one_label_has_one_stand_in() -> None:
    stand_ins = StandIns.of("document")
    first, second = stand_ins.make("$a"), stand_ins.make("$b")
    assert first != second
    assert stand_ins.make("$a") == first
    assert [stand_ins.label(one) for one in (first, second, first + second, "x", 7)] == ["$a", "$b", None, None, None]


@given(TEXT, TEXT, st.lists(TEXT, min_size=1, max_size=12))
def test_every_stand_in_becomes_its_placeholder_and_nothing_else_changes(a: str, b: str, labels: list[str]) -> None:
    stand_ins = StandIns.of("document")
    made = "|".join(map(stand_ins.make, labels))
    shown = "|".join(f"{{{label}}}" for label in labels)
    assert stand_ins.readable(f"{a}{made}{b}") == f"{a}{shown}{b}"


def test_encoding_leaves_a_stand_in_as_it_is() -> None:
    made = StandIns.of("document").make("$inputs.a b")
    assert quote(made, safe="") == made
    assert STAND_IN.fullmatch(made)


def test_a_stand_in_of_another_document_is_text() -> None:
    foreign = StandIns.of("other").make("$a")
    own = StandIns.of("document")
    own.make("$b")
    assert own.readable(foreign) == foreign
    assert own.label(foreign) is None
    assert not own.stand_in({"a": [foreign]})
    beyond = own.make("$b").replace("n0z", "n7z")
    assert own.readable(beyond) == beyond


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('{"a":"%"}', '{"a":"{$s \\"q\\" <&>}"}'),
        ("<a>%</a>", '<a>{$s "q" &lt;&amp;&gt;}</a>'),
        ("a=%&b=1", 'a={$s "q" <&>}&b=1'),
        ('"%"', '{$s "q" <&>}'),
        ("%", '{$s "q" <&>}'),
    ],
)
def test_a_body_keeps_its_form(body: str, shown: str) -> None:
    stand_ins = StandIns.of("document")
    request = Request("POST", "http://x/", body=body.replace("%", stand_ins.make('$s "q" <&>')).encode())
    found = stand_ins.readable_request(request)
    assert (found.body or b"").decode() == shown
    assert stand_ins.of_request(request) == ('{$s "q" <&>}',)


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    stand_ins = StandIns.of("document")
    made = stand_ins.make("$a").encode()
    request = Request("POST", "http://x/", (("A", "b"),), b"\xff\x00" + made + b"\xfe")
    assert stand_ins.readable_request(request).body == b"\xff\x00{$a}\xfe"
    untouched = Request("POST", "http://x/", (("A", "b"),), b"\xff\x00")
    assert stand_ins.readable_request(untouched) is untouched

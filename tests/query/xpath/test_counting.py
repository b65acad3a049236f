"""What is counted while an expression of XPath 2.0 and later is evaluated."""

import math

import pytest

from arazzo_runner.query.xpath.counting import Exhausted, Meter, Unsupported
from arazzo_runner.query.xpath.limits import MAX_XPATH_STEPS
from arazzo_runner.query.xpath.metered import context_for, parser_for
from tests.query.xpath.samples import many, read

DOCUMENT = read(many(200))


def steps(text: str) -> int:
    """Evaluates an expression and returns the steps that it took."""
    context = context_for(DOCUMENT)
    list(parser_for("3.1", {}).parse(text).select(context))
    taken: int = MAX_XPATH_STEPS - context.meter.steps
    return taken


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("1 + 1", "1 + 1 + 1"),
        ("//r", "//i"),
        ("1 to 5", "1 to 500"),
        ("'a'", f"'{'a' * 5_000}'"),
        ("(1 to 10) = 500", "(1 to 10) = (501 to 520)"),
        ("distinct-values(1 to 50)", "distinct-values(1 to 500)"),
        ("string-join(('a', 'b'), ',')", f"string-join(('a', 'b'), '{',' * 5_000}')"),
        ("count(//i)", "count(//i[id('x')])"),
        ("[1]", "array{1 to 100}"),
    ],
)
def test_more_work_takes_more_steps(less: str, more: str) -> None:
    assert steps(less) < steps(more)


@pytest.mark.parametrize(
    "text",
    [
        "count(1 to 1000000000)",
        "(1 to 100000) = (200000 to 300000)",
        "for $x in 1 to 10000, $y in 1 to 10000 return 1",
        "let $a := string-join((1 to 1000) ! 'aaaaaaaaaa', ''), $b := string-join((1 to 1000) ! $a, ''),"
        " $c := string-join((1 to 1000) ! $b, '') return string-length($c)",
        "string-length(format-integer(100000000000, 'I'))",
        "format-date(xs:date('2020-01-01'), '[Y,999999999-999999999]')",
        "matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '^(a+)+$')",
        "tokenize('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '(a|a)*c')",
        "string-length(replace(string-join((1 to 20000) ! 'a', ''), 'a', string-join((1 to 5000) ! 'b', '')))",
        "distinct-values(1 to 100000)",
        "round(1.5, 1000000000)",
        "round-half-to-even(1, 1000000000)",
        "fold-left(1 to 100000, [], array:append#2)",
        "//i[id('x')][id('y')][id('z')][id('x')][id('y')][id('z')][id('x')][id('y')][id('z')]/id('x')/../..//i[id('x')]"
        "/id('y')" + " | //i[id('x')]" * 20,
        "//i[count(//i[count(//i) > 0]) > 0]",
    ],
)
def test_sec_09_what_explodes_runs_out_of_steps(text: str) -> None:
    with pytest.raises(Exhausted):
        steps(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("matches('abc', '^[a-z]+$')", True),
        (r"replace('a b  c', '\s+', ' ')", "a b c"),
        ("tokenize('a,b', ',')", "a"),
        ("format-number(12.5, '0.00')", "12.50"),
        ("format-integer(12, 'I')", "XII"),
        ("format-date(xs:date('2020-01-01'), '[Y0001]-[M01]')", "2020-01"),
        ("round(2.567, 2)", 2.57),
        ("string-join(('a', 'b'), '-')", "a-b"),
        ("distinct-values((1, 1, 2))[2]", 2),
        ("sort((3, 1, 2))[1]", 1),
        ("compare('a', 'b')", -1),
        ("math:pow(2, 10)", 1024.0),
        ("math:pow(9, 999999999)", math.inf),
        ("math:pow(-9, 999999999)", -math.inf),
        ("math:pow(-9, 999999998)", math.inf),
    ],
)
def test_what_is_counted_still_gives_its_result(text: str, value: object) -> None:
    result = next(iter(parser_for("3.1", {}).parse(text).select(context_for(DOCUMENT))))
    assert float(result) == value if isinstance(value, float) else result == value


@pytest.mark.parametrize(
    "text",
    [
        "compare('a', 'b', 'de_DE.UTF-8')",
        "distinct-values(('a', 'b'), 'x')",
        "max(('a', 'b'), 'x')",
        "index-of('a', 'a', 'x')",
    ],
)
def test_a_collation_of_the_machine_is_refused(text: str) -> None:
    with pytest.raises(Unsupported):
        steps(text)


def test_a_meter_weighs_by_size() -> None:
    meter = Meter()
    for item in ("a" * 640, b"a" * 640, 1 << 640, [None] * 10):
        before = meter.steps
        meter.weigh(item)
        assert before - meter.steps == 10
    with pytest.raises(Exhausted):
        meter.spend(MAX_XPATH_STEPS)

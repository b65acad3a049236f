import pytest

from arazzo_runner.mock.instances.judge import Judge
from arazzo_runner.mock.instances.rooted import rooted
from arazzo_runner.values import JSON


def judge(schema: JSON, *, formats: bool = True) -> tuple[Judge, tuple[JSON, ...]]:
    root = rooted(schema)
    return Judge(root, formats=formats), (root.node,)


def test_pieces_are_judged_with_their_references() -> None:
    root = rooted({"$defs": {"A": {"const": 1}}, "properties": {"p": {"$ref": "#/$defs/A"}}})
    piece: JSON = root.follow("#/properties/p")
    assert Judge(root).holds((piece,), 1)
    assert not Judge(root).holds((piece,), 2)
    assert Judge(root).holds((piece, {"type": "integer"}), 1)
    assert not Judge(root).holds((piece, {"type": "string"}), 1)


def test_no_schema_allows_everything() -> None:
    assert Judge(rooted(True)).holds((), None)


def test_a_format_is_asserted_if_asked_for() -> None:
    strict, nodes = judge({"type": "string", "format": "date"})
    lax, _ = judge({"type": "string", "format": "date"}, formats=False)
    assert (strict.holds(nodes, "soon"), lax.holds(nodes, "soon")) == (False, True)


def test_an_assertion_makes_nothing_valid() -> None:
    strict, nodes = judge({"not": {"format": "date"}})
    assert not strict.holds(nodes, "soon")


def test_faults_have_their_places() -> None:
    found, nodes = judge({"properties": {"a": {"items": {"type": "string"}}}})
    assert [path for path, _ in found.faults(nodes, {"a": ["x", 1]})] == [("a", 1)]
    assert found.faults(nodes, {}) == []


@pytest.mark.parametrize("schema", [{"type": "strin"}, {"pattern": "("}, {"$ref": "#/none"}, {"minLength": -1}])
def test_a_schema_that_cannot_be_used_is_told_and_holds_for_nothing(schema: JSON) -> None:
    found, nodes = judge(schema)
    assert found.fault_of(nodes)
    assert found.faults(nodes, "x")
    assert not found.holds(nodes, "x")


def test_a_pattern_that_takes_for_ever_is_given_up() -> None:
    found, nodes = judge({"pattern": r"^(a|a)*(?=b)\1$"})
    assert not found.holds(nodes, "a" * 40)

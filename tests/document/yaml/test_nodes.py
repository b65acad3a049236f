import gc

import pytest
from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.error import YAMLError

from arazzo_runner.document.limits import MAX_DOCUMENT_DEPTH, TooDeep, TooMany
from arazzo_runner.document.yaml import nodes as nodes_module
from arazzo_runner.document.yaml.nodes import children, compose, nodes

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["compiled", "pure"])


def outline(node: Node | None) -> object:
    """A tree with its places, to compare the two parsers."""
    if node is None:
        return None
    place = node.start_mark.index
    if isinstance(node, ScalarNode):
        return place, node.end_mark.index, node.value, bool(node.style), str(node.tag)
    return place, str(node.tag), [outline(child) for child in children(node)]


TEXTS = [
    "a: 1\nb: [x, 'y', \"z\"]\n",
    "# comment\n\na:\n  - b: |\n      text\n      more\n    c: >-\n      folded\n      text\n",
    "{a: {b: c}, d: [1, 2]}",
    "a: !!str 5\nb: !mine x\nc: &here {d: e}\n",
    "%YAML 1.2\n---\na: 1\n...\n",
    "a:\nb: ~\n",
    "grüße: 😀\nnext: here\n",
    "a: line\r\nb: line\r\n",
    "",
    "# nothing\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_both_parsers_give_the_same_tree_with_the_same_places(text: str) -> None:
    assert outline(compose(text)) == outline(compose(text, pure=True))


@BOTH
def test_places_are_offsets_in_the_text(pure: bool) -> None:
    root = compose("grüße: 😀\nnext: 'here'\n", pure=pure)
    assert isinstance(root, MappingNode)
    (_, first), (key, second) = root.value
    assert (first.start_mark.index, first.end_mark.index) == (7, 8)
    assert (key.start_mark.index, second.start_mark.index, second.end_mark.index) == (9, 15, 21)


@BOTH
def test_a_node_without_a_tag_has_its_class_as_one(pure: bool) -> None:
    root = compose("- a\n- !!str b\n", pure=pure)
    assert isinstance(root, SequenceNode)
    assert [str(node.tag) for node in root.value] == [str(ScalarNode), "tag:yaml.org,2002:str"]


@BOTH
@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x7f", "\ufeff"])
def test_characters_that_only_yaml_1_1_treats_otherwise_are_text(separator: str, pure: bool) -> None:
    root = compose(f"a: one{separator}two\nb: 'x{separator}y'\n", pure=pure)
    assert isinstance(root, MappingNode)
    assert [value.value for _, value in root.value] == [f"one{separator}two", f"x{separator}y"]
    assert root.value[1][0].start_mark.index == 11


@BOTH
def test_texts_that_use_the_characters_they_would_travel_as_are_left_alone(pure: bool) -> None:
    root = compose("a: x\U000f2028y\n", pure=pure)
    assert isinstance(root, MappingNode)
    assert root.value[0][1].value == "x\U000f2028y"


@BOTH
@pytest.mark.parametrize("text", ["- " * 100_000, "[" * 100_000, "{a: " * 100_000, "? " * 100_000])
def test_depth_has_an_end(text: str, pure: bool) -> None:
    with pytest.raises(TooDeep):
        compose(text, pure=pure)


@BOTH
def test_the_deepest_that_is_read_and_one_more(pure: bool) -> None:
    assert compose("- " * (MAX_DOCUMENT_DEPTH - 1) + "x", pure=pure) is not None
    with pytest.raises(TooDeep) as reached:
        compose("- " * MAX_DOCUMENT_DEPTH + "x", pure=pure)
    assert reached.value.offset == 2 * (MAX_DOCUMENT_DEPTH - 1)


@BOTH
def test_the_number_of_nodes_has_an_end(pure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes_module, "MAX_NODES", 10)
    assert compose("- x\n" * 9, pure=pure) is not None
    with pytest.raises(TooMany):
        compose("- x\n" * 10, pure=pure)


@BOTH
@pytest.mark.parametrize("text", ["a: [", "a: 1\n---\nb: 2\n", "a: *b\n", "\x00", "a: 'b"])
def test_what_is_no_yaml_raises_and_leaves_the_collector_running(text: str, pure: bool) -> None:
    with pytest.raises(YAMLError):
        compose(text, pure=pure)
    assert gc.isenabled()


def test_each_node_comes_once_in_the_order_of_the_text() -> None:
    root = compose("a: &x [1]\nb: *x\nc: {d: e}\n")
    values = [node.value for node in nodes(root) if isinstance(node, ScalarNode)]
    assert values == ["a", "1", "b", "c", "d", "e"]


def test_a_tree_that_contains_itself_is_walked_once() -> None:
    assert len(list(nodes(compose("&a [*a, x]")))) == 2
    assert list(nodes(None)) == []

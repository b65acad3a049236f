import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.document.page import Page
from arazzo_runner.document.yaml.nodes import compose
from arazzo_runner.document.yaml.places import YamlPlaces
from arazzo_runner.values import Path

TEXT = """\
# comment
arazzo: 1.0.1
info: {title: 'One', "versión": 2}
steps:
  - stepId: a   # the first
    text: |
      first
      second

  - &two
    stepId: b
    plain: one
      two
    list: [1,
      {k: v}]
  - *two

last:
"""

# Path, whether the key is meant, and where it stands: line, column, end line, end column (exclusive).
PLACES: list[tuple[Path, bool, tuple[int, int, int, int]]] = [
    ((), False, (2, 1, 18, 6)),
    (("arazzo",), False, (2, 9, 2, 14)),
    (("arazzo",), True, (2, 1, 2, 7)),
    (("info",), False, (3, 7, 3, 35)),
    (("info", "title"), False, (3, 15, 3, 20)),
    (("info", "title"), True, (3, 8, 3, 13)),
    (("info", "versión"), True, (3, 22, 3, 31)),
    (("info", "versión"), False, (3, 33, 3, 34)),
    (("steps",), True, (4, 1, 4, 6)),
    (("steps",), False, (5, 3, 16, 9)),
    (("steps", 0), False, (5, 5, 8, 13)),
    (("steps", 0, "stepId"), False, (5, 13, 5, 14)),
    (("steps", 0, "text"), False, (6, 11, 8, 13)),
    (("steps", 1), False, (10, 5, 15, 14)),
    (("steps", 1, "plain"), False, (12, 12, 13, 10)),
    (("steps", 1, "list", 0), False, (14, 12, 14, 13)),
    (("steps", 1, "list", 1, "k"), True, (15, 8, 15, 9)),
    (("steps", 1, "list", 1, "k"), False, (15, 11, 15, 12)),
    (("steps", 2, "stepId"), False, (11, 13, 11, 14)),
    (("last",), True, (18, 1, 18, 5)),
    (("last",), False, (18, 6, 18, 6)),
    # Where there is nothing: the nearest node above.
    (("steps", 9), False, (5, 3, 16, 9)),
    (("steps", "x"), True, (5, 3, 16, 9)),
    (("arazzo", "deeper", 1), False, (2, 9, 2, 14)),
    (("none",), True, (2, 1, 18, 6)),
]


@pytest.mark.parametrize(("path", "key", "place"), PLACES)
@pytest.mark.parametrize("pure", [False, True], ids=["compiled", "pure"])
def test_each_node_has_its_place(path: Path, key: bool, place: tuple[int, int, int, int], pure: bool) -> None:
    page = Page(TEXT, "file:///w/doc.yaml", "doc.yaml")
    span = YamlPlaces(page, compose(TEXT, pure=pure)).span(path, key=key)
    assert (span.line, span.column, span.end_line, span.end_column) == place
    assert span.text == TEXT.splitlines()[place[0] - 1]
    assert span.name == "doc.yaml"


def test_the_tree_is_made_when_it_is_needed() -> None:
    page = Page(TEXT, "u", "n")
    assert YamlPlaces(page).span(("info", "title")) == YamlPlaces(page, compose(TEXT)).span(("info", "title"))


def test_a_text_without_a_tree_has_its_beginning() -> None:
    assert YamlPlaces(Page("a: [", "u", "n")).span(("a",)).line == 1
    assert YamlPlaces(Page("", "u", "n")).span(("a",)).column == 1


@pytest.mark.parametrize(
    ("text", "path", "column"),
    [
        ("{200: x, true: y}", ("200",), 7),
        ("{a: 1, a: 2}", ("a",), 11),
        ("{x: &b {k: 1}, y: {<<: *b, l: 2}}", ("y", "k"), 12),
        ("{x: &b {k: 1}, y: {<<: [*b], k: 2}}", ("y", "k"), 33),
    ],
)
def test_places_follow_the_data(text: str, path: Path, column: int) -> None:
    assert YamlPlaces(Page(text, "u", "n")).span(path).column == column


def test_a_mapping_that_merges_itself_has_an_end() -> None:
    places = YamlPlaces(Page("&a {<<: *a, b: 1}", "u", "n"))
    assert places.span(("b",)).column == 16
    assert places.span(("c",)).column == 1


def test_a_list_that_contains_itself_has_an_end() -> None:
    assert YamlPlaces(Page("&a\n- *a", "u", "n")).span((0, 0, 0)).line == 1


@given(st.lists(st.integers(0, 3) | st.sampled_from(["steps", "stepId", "info", "x"]), max_size=4), st.booleans())
def test_any_path_has_some_place(path: list[int | str], key: bool) -> None:
    span = YamlPlaces(Page(TEXT, "u", "n")).span(tuple(path), key=key)
    assert (span.line, span.column) <= (span.end_line, span.end_column)

import io

import pytest
from hypothesis import given, settings

from arazzo_runner.graph import Graph
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.graph.terminal import write_terminal
from arazzo_runner.reports.page import Look
from arazzo_runner.values import JSON
from tests.graph.flows import flow, graph, graphs

DRAWING = """\
w
  Make or take

          ┌─────────┐
          │ Start   │
          │ after v │
          └────┬────┘
               ├─────────────────────────────────────────────────┐
               ▼                                                 │
  ┌────────────────────────┐                                     │
  │ look                   ├── ✓ known → use $statusCode == 404 ─┼─┐
  │ x                      ├── ↻ again retry up to 3 times       │ │
  │                        ├── ✗ → Failure ──────────────────────┼─┼─┐
  └────────────┬───────────┘                                     │ │ │
     otherwise │                                                 │ │ │
               ▼                                                 │ │ │
  ┌────────────────────────┐                                     │ │ │
  │ make                   ├── ✗ back → look ────────────────────┘ │ │
  │ workflow v             │                                       │ │
  └────────────┬───────────┘                                       │ │
               ├───────────────────────────────────────────────────┘ │
               ▼                                                     │
  ┌────────────────────────┐                                         │
  │ use                    ├── ✗ → Failure ──────────────────────────┤
  │ x                      │                                         │
  │ after look             │                                         │
  └────────────┬───────────┘                                         │
               │                                                     │
               ▼                                                     │
            ┌─────┐                                                  │
            │ End │                                                  │
            └─────┘                                                  │
               ┌─────────────────────────────────────────────────────┘
               ▼
          ┌─────────┐
          │ Failure │
          └─────────┘
"""


def written(drawn: Graph, look: Look | None = None, encoding: str = "utf-8") -> str:
    page = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    write_terminal(page, drawn, look or Look(width=80))
    page.seek(0)
    return page.read()


def branching() -> Graph:
    some: JSON = [{"condition": "$statusCode == 404"}]
    first: JSON = {
        "stepId": "look",
        "onSuccess": [{"name": "known", "type": "goto", "stepId": "use", "criteria": some}],
        "onFailure": [{"name": "again", "type": "retry", "retryLimit": 3}],
    }
    make: JSON = {
        "stepId": "make",
        "workflowId": "v",
        "onFailure": [{"name": "back", "type": "goto", "stepId": "look"}],
    }
    return graph(flow(first, make, {"stepId": "use", "dependsOn": ["look"]}, summary="Make or take", dependsOn=["v"]))


def test_a_drawing() -> None:
    assert written(branching()).splitlines() == DRAWING.splitlines()


def test_the_same_in_ascii() -> None:
    drawn = written(branching(), encoding="ascii")
    assert drawn.isascii()
    assert [len(line) for line in drawn.splitlines()] == [len(line) for line in DRAWING.splitlines()]
    assert drawn.splitlines()[10] == DRAWING.splitlines()[10].translate(str.maketrans("│├─✓→┼┐", "|+-+>++"))


def test_colour_only_where_it_is_wanted() -> None:
    assert "\x1b[" not in written(branching())
    assert "\x1b[32m" in written(branching(), Look(width=80, colour=True))


def test_on_a_narrow_page_words_tell_where_ways_lead() -> None:
    drawn = written(branching(), Look(width=40))
    assert "→ use" in drawn
    assert "┼" not in drawn


def test_long_figures_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arazzo_runner.reports.graph.terminal.MAX_ROWS", 9)
    drawn = written(graph(flow(*(f"s{number}" for number in range(9)))))
    assert drawn.rstrip().endswith("3 more nodes are not drawn")


def test_several_figures() -> None:
    drawn = written(graph(flow("a"), flow("b", workflow_id="v"))).splitlines()
    assert drawn[0] == "w"
    assert "v" in drawn


@settings(max_examples=30)
@given(graphs)
def test_every_line_is_harmless(drawn: Graph) -> None:
    lines = written(drawn).split("\n")
    assert list(map(visible, lines)) == lines


def test_on_a_narrow_page_words_are_broken_before_they_are_cut() -> None:
    action: JSON = {
        "name": "a-long-name",
        "type": "goto",
        "stepId": "another",
        "criteria": [{"condition": "$statusCode == 404"}],
    }
    drawn = written(graph(flow({"stepId": "a", "onFailure": [action]}, "b", "another")), Look(width=50))
    for words in ("✗ a-long-name →", "another", "$statusCode == 404"):
        assert any(words in line for line in drawn.splitlines())

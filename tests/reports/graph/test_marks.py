import pytest

from arazzo_runner.graph import Edge, EdgeKind
from arazzo_runner.reports.graph.marks import caption, short_names
from tests.graph.flows import figure


@pytest.mark.parametrize(
    ("edge", "lines"),
    [
        (Edge("a", "b", EdgeKind.NEXT, "success"), ()),
        (Edge("a", "b", EdgeKind.END, "failure"), ("on failure",)),
        (Edge("a", "b", EdgeKind.GOTO, "failure", "n", "l"), ("n", "l")),
        (Edge("a", "b", EdgeKind.CALL), ("calls",)),
        (Edge("a", "b", EdgeKind.CALL, "failure", "n", "l"), ("calls", "n", "l")),
        (Edge("a", "b", EdgeKind.DEPENDS), ("runs before",)),
    ],
)
def test_what_stands_beside_an_edge(edge: Edge, lines: tuple[str, ...]) -> None:
    assert caption(edge) == lines


def test_names_for_other_programs() -> None:
    assert short_names(figure("a b"), 2) == {"start": "f2n0", "a b": "f2n1", "end": "f2n2", "failure": "f2n3"}

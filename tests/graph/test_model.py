from arazzo_runner.graph import Edge, EdgeKind, Figure, Graph, Node, NodeKind
from arazzo_runner.redact import Redactor

SECRET = "correct-horse-battery"


def drawn(text: str) -> Graph:
    node = Node("a", NodeKind.STEP, "a", text)
    edge = Edge("a", "a", EdgeKind.RETRY, "failure", "again", f"if {text}")
    return Graph((Figure("w", text, (node,), (edge,)),))


def test_a_figure_is_found_by_its_workflow() -> None:
    graph = drawn("x")
    assert graph.figure("w") is graph.figures[0]
    assert graph.figure("v") is None


def test_a_graph_is_shown_without_secrets() -> None:
    redactor = Redactor()
    redactor.learn([SECRET])
    shown = redactor.scrub(drawn(SECRET))
    assert SECRET not in repr(shown)
    assert shown.figures[0].edges[0].kind is EdgeKind.RETRY
    assert shown.figures[0].nodes[0].id == shown.figures[0].edges[0].source == "a"


def test_a_graph_without_secrets_stays_as_it_is() -> None:
    redactor = Redactor()
    redactor.learn([SECRET])
    graph = drawn("nothing of it")
    assert redactor.scrub(graph) is graph

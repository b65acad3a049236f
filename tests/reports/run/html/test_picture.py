from dataclasses import replace

from arazzo_runner.graph.model import Figure, Graph, Node, NodeKind
from arazzo_runner.reports.run.html.limits import MAX_PICTURED, MAX_PICTURES
from arazzo_runner.reports.run.html.picture import pictures
from arazzo_runner.reports.run.html.selection import kept
from tests.reports.run.html.rendered import SVG, fragment, history_of, told
from tests.reports.run.tape import CHECKOUT
from tests.reports.tape import SUCCESS


def test_without_a_graph_there_is_no_picture() -> None:
    assert pictures(history_of(SUCCESS), frozenset()) is None


def test_the_workflow_of_the_run_is_drawn_with_its_path_and_the_others_are_folded() -> None:
    run = history_of(CHECKOUT)
    shown = pictures(run, kept(run)) or ""
    parsed = fragment(shown)
    assert [each.attrib["aria-label"] for each in parsed.iter("div")] == [
        f"Picture of workflow {figure.workflow}" for figure in (run.graph or Graph()).figures
    ]
    assert told(shown.split("<summary>")[1]).startswith("charge, ran 1 time")
    links = {each.attrib["href"] for each in parsed.iter(f"{SVG}a")}
    assert {"#s2", "#s3", "#s4"} <= links
    assert "ag-taken" in shown
    assert "ag-unseen" in shown


def test_what_did_not_run_says_so() -> None:
    run = history_of(CHECKOUT)
    run.graph = Graph((Figure("checkout"), Figure("other")))
    assert "other, did not run" in told(pictures(run, frozenset()))


def test_very_long_workflows_and_very_many_are_not_drawn() -> None:
    run = history_of(SUCCESS)
    steps = tuple(Node(str(number), NodeKind.STEP, str(number)) for number in range(MAX_PICTURED + 1))
    run.graph = Graph((Figure("long", nodes=steps), *(Figure(str(number)) for number in range(MAX_PICTURES + 1))))
    shown = told(pictures(run, frozenset()))
    assert shown.startswith("Not drawn here: it has 301 steps.")
    assert shown.endswith("2 more workflows left out.")
    run.graph = Graph((replace(run.graph.figures[0], nodes=steps[1:]),))
    assert "Not drawn" not in told(pictures(run, frozenset()))

import pytest
from hypothesis import given

from arazzo_runner.document.model import Description
from arazzo_runner.graph import Graph, NodeKind, graph_of
from arazzo_runner.graph.build import MAX_FIGURES
from arazzo_runner.values import JSON
from tests.graph.flows import document, figure, flow, graph, graphs, ways

WHEN: JSON = [{"condition": "$statusCode == 200"}]
DEFAULTS = ["start --> a next", "a -success-> end end", "a -failure-> failure end"]


def test_the_defaults_of_steps() -> None:
    assert ways(figure("a", "b")) == [
        "start --> a next",
        "a -success-> b next",
        "a -failure-> failure end",
        "b -success-> end end",
        "b -failure-> failure end",
    ]


def test_a_workflow_without_steps_ends_at_once() -> None:
    assert ways(figure()) == ["start --> end next"]


@pytest.mark.parametrize(
    ("members", "edges"),
    [
        pytest.param(
            {"onSuccess": [{"name": "n", "type": "end"}]},
            ["a -success-> end end n", "a -failure-> failure end"],
            id="end",
        ),
        pytest.param(
            {"onFailure": [{"name": "n", "type": "end"}]},
            ["a -success-> b next", "a -failure-> failure end n"],
            id="end after failure",
        ),
        pytest.param(
            {"onSuccess": [{"name": "n", "type": "goto", "stepId": "b", "criteria": WHEN}]},
            ["a -success-> b goto n ($statusCode == 200)", "a -success-> b next", "a -failure-> failure end"],
            id="goto with criteria leaves the default",
        ),
        pytest.param(
            {"onFailure": [{"name": "n", "type": "goto", "stepId": "a"}]},
            ["a -success-> b next", "a -failure-> a goto n"],
            id="goto back",
        ),
        pytest.param(
            {"onFailure": [{"name": "n", "type": "retry", "retryAfter": 1.5, "retryLimit": 3, "criteria": WHEN}]},
            [
                "a -success-> b next",
                "a -failure-> a retry n (retry up to 3 times after 1.5 s if $statusCode == 200)",
                "a -failure-> failure end",
            ],
            id="retry",
        ),
        pytest.param(
            {"onFailure": [{"name": "n", "type": "retry"}]},
            ["a -success-> b next", "a -failure-> a retry n (retry up to 1 time)", "a -failure-> failure end"],
            id="retry once by default",
        ),
        pytest.param(
            {"onFailure": [{"name": "n", "type": "retry", "stepId": "b"}]},
            [
                "a -success-> b next",
                "a -failure-> b call n (before the retry)",
                "a -failure-> a retry n (retry up to 1 time)",
                "a -failure-> failure end",
            ],
            id="retry after a step",
        ),
        pytest.param(
            {"onFailure": [{"name": "n", "type": "retry", "stepId": "a"}]},
            ["a -success-> b next", "a -failure-> a retry n (retry up to 1 time)", "a -failure-> failure end"],
            id="retry that names its own step",
        ),
        pytest.param(
            {"onFailure": [{"name": "n", "type": "retry", "workflowId": "w"}]},
            [
                "a -success-> b next",
                "a -failure-> workflow w call n (before the retry)",
                "a -failure-> a retry n (retry up to 1 time)",
                "a -failure-> failure end",
            ],
            id="retry after a workflow",
        ),
        pytest.param(
            {"onSuccess": [{"name": "n", "type": "goto", "workflowId": "w"}]},
            ["a -success-> workflow w goto n", "a -failure-> failure end"],
            id="goto a workflow",
        ),
        pytest.param(
            {"onSuccess": [{"name": "n", "type": "goto", "stepId": "z"}]},
            ["a -success-> missing z goto n", "a -failure-> failure end"],
            id="goto a step that is missing",
        ),
        pytest.param(
            {"onSuccess": [{"name": "n", "type": "goto", "workflowId": "z"}]},
            ["a -success-> missing z goto n", "a -failure-> failure end"],
            id="goto a workflow that is missing",
        ),
        pytest.param(
            {"onSuccess": [{"name": "n", "type": "goto", "workflowId": "$sourceDescriptions.lib.z"}]},
            ["a -success-> workflow lib.z goto n", "a -failure-> failure end"],
            id="goto a workflow of a document that is not at hand",
        ),
        pytest.param(
            {"workflowId": "w"},
            ["a --> workflow w call", "a -success-> b next", "a -failure-> failure end"],
            id="a workflow as a step",
        ),
        pytest.param(
            {"dependsOn": ["b"]},
            ["b --> a depends", "a -success-> end end", "a -failure-> failure end"],
            id="depends on a step",
        ),
        pytest.param(
            {"dependsOn": ["$workflows.w.steps.b"]},
            ["workflow w.steps.b --> a depends", "a -success-> b next", "a -failure-> failure end"],
            id="depends on a step of a workflow",
        ),
        pytest.param(
            {"dependsOn": ["$workflows.w.steps.z"]},
            ["missing w.steps.z --> a depends", "a -success-> b next", "a -failure-> failure end"],
            id="depends on a step that a workflow lacks",
        ),
        pytest.param(
            {"onSuccess": [{"name": "n", "type": "end"}, {"name": "m", "type": "goto", "stepId": "b"}]},
            ["a -success-> end end n", "a -success-> b goto m", "a -failure-> failure end"],
            id="an action that never gets its turn is there all the same",
        ),
    ],
)
def test_each_kind_of_edge(members: dict[str, JSON], edges: list[str]) -> None:
    drawn = figure({"stepId": "a", **members}, "b")
    assert [way for way in ways(drawn) if way.startswith("a ") or " a depends" in way] == edges


def test_actions_of_the_workflow_come_after_those_of_the_step_that_do_not_redefine_them() -> None:
    inherited: JSON = [{"name": "n", "type": "end", "criteria": WHEN}, {"name": "m", "type": "retry"}]
    own: JSON = [{"name": "n", "type": "goto", "stepId": "a", "criteria": WHEN}]
    drawn = figure({"stepId": "a", "onFailure": own}, failureActions=inherited)
    assert ways(drawn)[2:] == [
        "a -failure-> a goto n ($statusCode == 200)",
        "a -failure-> a retry m (retry up to 1 time)",
        "a -failure-> failure end",
    ]


def test_references_to_components_are_followed() -> None:
    use: JSON = [{"reference": "$components.successActions.stop"}, {"reference": "$components.successActions.gone"}]
    components: JSON = {"successActions": {"stop": {"name": "stop", "type": "end", "criteria": WHEN}}}
    drawn = graph(flow({"stepId": "a", "onSuccess": use}), components=components).figures[0]
    assert ways(drawn)[1] == "a -success-> end end stop ($statusCode == 200)"


def test_a_workflow_that_depends_on_another() -> None:
    drawn = graph(flow("a", dependsOn=["v", "gone"]), flow("a", workflow_id="v"))
    assert ways(drawn.figures[0])[:2] == ["workflow v --> start depends", "missing gone --> start depends"]


def test_called_and_handed_over_to_are_two_nodes() -> None:
    over: JSON = [{"name": "n", "type": "goto", "workflowId": "v"}]
    drawn = graph(flow({"stepId": "a", "workflowId": "v", "onSuccess": over}), flow("a", workflow_id="v")).figures[0]
    assert [(node.id, node.workflow) for node in drawn.nodes if node.kind is NodeKind.WORKFLOW] == [
        ("workflow v", "v"),
        ("workflow v (2)", "v"),
    ]


@pytest.mark.parametrize(
    ("members", "target"),
    [
        ({"operationId": "getPet"}, "getPet"),
        ({"operationId": "$sourceDescriptions.api.getPet"}, "api.getPet"),
        ({"operationPath": "{$sourceDescriptions.api.url}#/paths/~1pets~1{id}/get"}, "GET /pets/{id}"),
        ({"operationPath": "nonsense"}, "nonsense"),
        ({"workflowId": "w"}, "workflow w"),
    ],
)
def test_what_a_step_calls_as_far_as_its_text_tells(members: dict[str, JSON], target: str) -> None:
    drawn = figure({"stepId": "a", **members})
    assert [node.target for node in drawn.nodes if node.kind is NodeKind.STEP] == [target]


def test_what_is_known_of_a_call_counts_more_than_its_text() -> None:
    description = document(flow("a"))
    targets = {(description.source.uri, description.workflows[0].steps[0].at): "GET /x"}
    assert graph_of(description, targets=targets).figures[0].nodes[1].target == "GET /x"


def test_ids_are_unique_whatever_the_document_calls_its_steps() -> None:
    drawn = figure("start", "start", "end", "failure", {"operationId": "x"})
    assert [node.id for node in drawn.nodes] == [
        "start (2)",
        "start",
        "start (3)",
        "end",
        "failure",
        "step",
        "end (2)",
        "failure (2)",
    ]


def test_a_step_has_its_place() -> None:
    assert figure("a").nodes[1].place.startswith("flow.json:1:")


def test_one_workflow_comes_with_those_that_it_can_reach() -> None:
    flows = (
        flow("a", workflow_id="other"),
        flow({"stepId": "a", "workflowId": "called"}),
        flow("a", workflow_id="called", dependsOn=["before"]),
        flow({"stepId": "a", "dependsOn": ["$workflows.after.steps.a"]}, workflow_id="before"),
        flow("a", workflow_id="after"),
    )
    drawn = graph_of(document(*flows), "w")
    assert [one.workflow for one in drawn.figures] == ["w", "called", "before", "after"]
    assert graph_of(document(*flows), "nowhere") == Graph()


def test_workflows_of_other_documents_have_their_ids_or_qualified_ones() -> None:
    lib = document(flow("x", workflow_id="w"), flow({"stepId": "y", "workflowId": "w"}, workflow_id="v"), name="lib")
    first = document(
        flow(
            {"stepId": "a", "workflowId": "$sourceDescriptions.lib.v"},
            {"stepId": "b", "workflowId": "$sourceDescriptions.lib.gone"},
        )
    )

    def sources(description: Description) -> dict[str, Description]:
        return {"lib": lib} if description is first else {}

    drawn = graph_of(first, sources=sources)
    assert [one.workflow for one in drawn.figures] == ["w", "v", "w (2)"]
    assert [one.workflow for one in drawn.figures[0].nodes if one.kind is NodeKind.STEP] == ["v", "lib.gone"]
    assert [one.label for one in drawn.figures[0].nodes if one.kind is NodeKind.MISSING] == ["lib.gone"]
    assert drawn.figures[1].nodes[1].workflow == "w (2)"


def test_two_workflows_of_one_id_are_both_drawn() -> None:
    assert [len(one.nodes) for one in graph(flow("a"), flow("a", "b")).figures] == [4, 5]


def test_the_number_of_figures_is_bounded() -> None:
    many = [flow("a", workflow_id=f"w{number}") for number in range(MAX_FIGURES + 1)]
    assert len(graph(*many).figures) == MAX_FIGURES


@given(graphs)
def test_every_edge_leads_from_a_node_to_a_node(drawn: Graph) -> None:
    for one in drawn.figures:
        ids = [node.id for node in one.nodes]
        assert len(ids) == len(set(ids))
        assert all(edge.source in ids and edge.target in ids for edge in one.edges)
        assert len(one.edges) == len(set(one.edges))

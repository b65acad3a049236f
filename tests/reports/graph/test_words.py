from arazzo_runner.reports.graph.words import MAX_TOLD, told
from arazzo_runner.values import JSON
from tests.graph.flows import figure


def test_a_figure_in_words() -> None:
    members: dict[str, JSON] = {
        "onSuccess": [{"name": "n", "type": "goto", "stepId": "b", "criteria": [{"condition": "$statusCode == 200"}]}],
        "onFailure": [{"name": "r", "type": "retry", "workflowId": "w"}],
        "dependsOn": ["$workflows.w.steps.b"],
    }
    assert list(told(figure({"stepId": "a", **members}, "b"))) == [
        "Workflow w.",
        "After Start, on to a.",
        "a depends on w.steps.b.",
        "When a succeeds, on to b ($statusCode == 200).",
        "When a succeeds, on to b.",
        "a calls w (before the retry).",
        "When a fails, it is tried again (retry up to 1 time).",
        "When a fails, on to Failure.",
        "When b succeeds, on to End.",
        "When b fails, on to Failure.",
    ]


def test_long_figures_are_cut() -> None:
    lines = list(told(figure(*(f"s{number}" for number in range(MAX_TOLD)))))
    assert len(lines) == MAX_TOLD + 2
    assert lines[-1] == f"And {MAX_TOLD + 1} more ways."

from arazzo_runner.engine.events import Event, RunStarted, StepStarted, WorkflowStarted
from tests.reports.run.html.rendered import history, history_of
from tests.reports.tape import NESTED, SUCCESS


def test_a_history_lists_what_is_in_it() -> None:
    run = history_of(NESTED)
    assert [each.name for each in run.activations] == ["fetch", "buy", "open", "report"]
    assert [each.name for each in run.activations[1].inner if hasattr(each, "name")] == []
    assert [each.workflow for each in run.activations[1].inner] == ["login"]


def test_the_time_goes_on_until_the_last_event() -> None:
    assert history_of(SUCCESS[:6]).seconds == SUCCESS[5].clock.monotonic - 100
    assert history_of(()).seconds == 0


def test_very_deep_calls_are_no_trouble() -> None:
    events: list[tuple[float, Event]] = [(0.0, RunStarted("", "w", ()))]
    for depth in range(1, 3000):
        path = ("a",) * depth
        events += [(0.0, StepStarted(path, 1, "")), (0.0, WorkflowStarted("w", path))]
    run = history(*events)
    assert len(run.activations) == 2999
    assert len(run.calls) == 3000

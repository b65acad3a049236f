from arazzo_runner.mock.demands.demand import Demand, Use
from arazzo_runner.mock.demands.sinks import AnswerSink, Sink
from arazzo_runner.mock.limits import MAX_DEMANDED
from arazzo_runner.program.model import WorkflowKey


def test_like_demands_are_kept_once() -> None:
    sink = Sink()
    for _ in range(3):
        sink.add(("a",), Demand(Use("x")))
    assert len(sink.demands[("a",)]) == 1


def test_places_and_demands_are_bounded() -> None:
    sink = Sink()
    for number in range(MAX_DEMANDED + 5):
        sink.add((number,), Demand(Use("x")))
        sink.add((0,), Demand(Use("x"), {"const": number}))
    assert len(sink.demands) == MAX_DEMANDED
    assert len(sink.demands[(0,)]) == MAX_DEMANDED


def test_headers_are_named_without_case() -> None:
    answer = AnswerSink(WorkflowKey("", "w"))
    assert answer.header("ETag") is answer.header("etag")

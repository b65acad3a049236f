import re

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import Event, RequestSent, ResponseReceived, RunStarted, StepEnded, StepStarted
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.result import Status
from arazzo_runner.reports.run.html.bars import Scale, track
from arazzo_runner.reports.run.html.limits import MAX_BARS
from tests.reports.run.html.rendered import history, history_of
from tests.reports.tape import NESTED, RETRIED


def bars(markup: str) -> list[tuple[str, float, float]]:
    """The bars of a line: kind, where it begins, how wide it is."""
    found = re.findall(r'<rect class="(\w+)" x="([\d.]+)" width="([\d.]+)"', markup)
    return [(kind, float(x), float(width)) for kind, x, width in found]


def test_a_line_shows_the_step_its_requests_and_its_waits() -> None:
    run = history_of(RETRIED)
    step = run.activations[1]
    line = track([step], Scale.of(run), run.now)
    assert bars(line) == [
        ("step", 45.1, 954.2),
        ("call", 45.5, 112.7),
        ("wait", 158.2, 727.3),
        ("call", 886.2, 112.7),
    ]
    assert 'aria-hidden="true"' in line


def test_a_request_without_an_answer_has_its_own_colour_and_inner_steps_count() -> None:
    run = history_of(NESTED)
    buy = run.root.items[1]
    assert [kind for kind, *_ in bars(track([buy], Scale.of(run), run.now))] == ["step", "lost"]


def test_what_did_not_end_lasts_until_now() -> None:
    run = history_of(RETRIED[:5])
    line = track(run.root.items, Scale.of(run), run.now)
    assert bars(line)[0] == ("step", 500.0, 500.0)


def test_where_no_time_passed_nothing_is_drawn() -> None:
    run = history(
        (0, RunStarted("", "w", ())), (0, StepStarted(("a",), 1, "")), (0, StepEnded(("a",), Status.SUCCEEDED))
    )
    scale = Scale.of(run)
    assert scale.is_flat
    assert bars(track(run.root.items, scale, run.now)) == []


def test_very_many_bars_are_joined_where_they_touch() -> None:
    events: list[tuple[float, Event]] = [(0.0, RunStarted("", "w", ("a",))), (0.0, StepStarted(("a",), 1, ""))]
    sent = RequestSent(("a",), Request("GET", "https://a.test"))
    answered = ResponseReceived(("a",), Response(200), 0.1)
    for number in range(MAX_BARS):
        events += [(number / 100, sent), (number / 100 + 0.005, answered)]
    events += [(50, sent), (75, answered), (100, StepEnded(("a",), Status.SUCCEEDED))]
    run = history(*events)
    assert bars(track(run.root.items, Scale.of(run), run.now)) == [
        ("step", 0.0, 1000.0),
        ("call", 0.0, 10.0),
        ("call", 500.0, 250.0),
    ]


def test_a_line_has_a_bounded_number_of_bars() -> None:
    events: list[tuple[float, Event]] = [(0.0, RunStarted("", "w", ("a",))), (0.0, StepStarted(("a",), 1, ""))]
    sent = RequestSent(("a",), Request("GET", "https://a.test"))
    for number in range(5000):
        events += [(number, sent), (number + 0.1, ResponseReceived(("a",), Response(200), 0.1))]
    run = history(*events)
    assert len(bars(track(run.root.items, Scale.of(run), run.now))) < 400

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    Event,
    RequestFailed,
    RequestSent,
    RunStarted,
    StepEnded,
    StepStarted,
    WorkflowEnded,
    WorkflowStarted,
)
from arazzo_runner.engine.outcomes import Failed, FailureKind
from arazzo_runner.engine.result import Status
from arazzo_runner.reports.run.html.bars import Scale
from arazzo_runner.reports.run.html.history import History
from arazzo_runner.reports.run.html.limits import MAX_LEVEL
from arazzo_runner.reports.run.html.room import Room
from arazzo_runner.reports.run.html.selection import kept
from arazzo_runner.reports.run.html.steps import FEW, Steps
from tests.reports.run.html.rendered import fragment, history, history_of, text_of, told
from tests.reports.run.tape import CHECKOUT, CUT_OFF
from tests.reports.tape import NESTED, RETRIED


def rows(run: History, opened: frozenset[int] = frozenset(), shown: frozenset[int] | None = None) -> str:
    steps = Steps(Scale.of(run), run.now, kept(run) if shown is None else shown, opened, Room())
    return steps.rows(run.root.items) or ""


def summaries(markup: str) -> list[str]:
    """The lines of the steps, inner ones too."""
    found = fragment(markup).iter("details")
    return [text_of(each.find("summary")) for each in found if "step" in each.attrib["class"].split()]


def ran(*names: str, status: Status = Status.SUCCEEDED) -> list[tuple[float, Event]]:
    events: list[tuple[float, Event]] = [(0, RunStarted("", "w", ()))]
    for name in names:
        events += [(0, StepStarted((name,), 1, "GET /")), (1, StepEnded((name,), status))]
    return events


def test_a_line_tells_how_a_step_ended_what_it_did_and_how_long_it_took() -> None:
    assert summaries(rows(history_of(RETRIED))) == [
        "✓succeeded: generateTokenPOST /api/hubs/{hub}/:generateToken2000.12 s",
        "✗failed: broadcastPOST /api/hubs/{hub}/:send5032.62 s",
    ]


def test_steps_of_called_workflows_are_inside_of_the_step_and_headings_go_down() -> None:
    markup = rows(history_of(NESTED))
    assert summaries(markup) == [
        "✓succeeded: pricesWorkflow that it depends on0.2 s",
        "✓succeeded: fetchGET /prices2000.2 s",
        "✗failed: buyworkflow login5 ms",
        "✗failed: openGET /loginrefused4 ms",
        "✗failed: reportPOST /reports/{id}0 ms",
    ]
    parsed = fragment(markup)
    assert [each.text for each in parsed.iter("h3")] == ["prices", "buy", "report"]
    assert [each.text for each in parsed.iter("h4")] == ["fetch", "open"]


def test_the_time_of_a_step_is_told_in_words() -> None:
    shown = told(rows(history_of(RETRIED)))
    assert "Began 0.12 s after the start, took 2.62 s, of which it waited 2 s." in shown
    assert "its end is not recorded" in told(rows(history_of(CUT_OFF)))


def test_what_is_opened_stands_open() -> None:
    run = history_of(RETRIED)
    found = [
        each.attrib for each in fragment(rows(run, frozenset({2}))).iter("details") if each.attrib["class"] == "step"
    ]
    assert [(each["id"], "open" in each) for each in found] == [("s1", False), ("s2", True)]


def test_a_loop_is_one_line_and_its_turns_are_inside() -> None:
    run = history(*ran("first", *("ask", "look") * 5, "last"))
    assert summaries(rows(run))[:3] == [
        "✓succeeded: firstGET /1 s",
        "✓succeeded: ask, look5 turns1 s",
        "✓succeeded: askGET /1 s",
    ]
    assert [each.text for each in fragment(rows(run)).iter("p") if each.attrib["class"] == "turn"][:2] == [
        "Turn 1",
        "Turn 2",
    ]
    assert len(summaries(rows(run))) == 13


def test_a_loop_says_how_many_failed_and_opens_with_what_is_opened() -> None:
    run = history(*ran(*["ask"] * 6, status=Status.FAILED))
    markup = rows(run, frozenset({6}))
    assert summaries(markup)[0] == "✗failed: ask6 turns, 6 failed1 s"
    assert "open" in next(fragment(markup).iter("details")).attrib


def test_a_workflow_that_was_handed_over_to_says_so() -> None:
    after: list[tuple[float, Event]] = [(2, WorkflowStarted("x", ())), (3, WorkflowEnded("x", (), Status.SUCCEEDED))]
    assert summaries(rows(history(*ran("a"), *after)))[1] == "✓succeeded: xHanded over to workflow1 s"


def test_steps_that_are_not_told_of_are_counted() -> None:
    run = history(*ran("a", "b", "c"))
    markup = rows(run, shown=frozenset({1}))
    assert len(summaries(markup)) == 1
    assert told(markup).endswith("2 more steps left out.")
    looped = rows(history(*ran(*"aaaaa")), shown=frozenset({1, 5}))
    assert "3 more steps left out." in told(looped)


def test_the_rows_of_a_long_list_are_laid_out_when_they_are_seen() -> None:
    names = [f"s{number}" for number in range(FEW + 1)]
    assert rows(history(*ran(*names))).startswith('<div class="steps many">')
    assert rows(history(*ran(*names[1:]))).startswith('<div class="steps">')


def test_very_deep_steps_are_left_out() -> None:
    events: list[tuple[float, Event]] = [(0.0, RunStarted("", "w", ()))]
    for depth in range(1, 500):
        path = ("a",) * depth
        events += [(0.0, StepStarted(path, 1, "")), (0.0, WorkflowStarted("w", path))]
    markup = rows(history(*events))
    assert f"nested more than {MAX_LEVEL} deep" in markup
    assert len(summaries(markup)) == MAX_LEVEL + 1


def test_where_no_time_passed_none_is_told() -> None:
    run = history((0, RunStarted("", "w", ())), (0, StepStarted(("a",), 1, "")), (0, StepEnded(("a",), Status.SKIPPED)))
    assert summaries(rows(run)) == ["\u2013skipped: a"]
    assert "Began" not in rows(run)


def test_no_answer_is_told_by_its_kind() -> None:
    step = ("a",)
    sent = RequestSent(step, Request("GET", "https://a.test"))
    failed = RequestFailed(step, Failed(FailureKind.TIMEOUT, "late"))
    run = history((0, RunStarted("", "w", ())), (0, StepStarted(step, 1, "")), (0, sent), (1, failed))
    assert summaries(rows(run)) == ["…did not end: atimeout"]


def test_outputs_and_actions_that_did_not_fire_are_told() -> None:
    shown = told(rows(history_of(CHECKOUT)))
    assert "No action fired, so the default was taken" in shown
    assert "Outputstoken" in shown


def test_a_reason_of_several_lines_keeps_them() -> None:
    events: list[tuple[float, Event]] = [(0, RunStarted("", "w", ())), (0, StepStarted(("a",), 1, ""))]
    markup = rows(history(*events, (1, StepEnded(("a",), Status.FAILED, "one:\n  two"))))
    assert '<p class="reason">one:\n  two</p>' in markup

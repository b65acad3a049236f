from collections.abc import Mapping
from dataclasses import replace

import pytest

from arazzo_runner.diagnostics import warning
from arazzo_runner.engine.result import Attempt, RunResult, Status, StepResult
from arazzo_runner.reports.page import Look, Verbosity, plain_text
from arazzo_runner.reports.run.summary import MAX_ACCOUNTS, MAX_OUTPUT_LINES, closing, output_lines
from arazzo_runner.values import Value
from tests.reports.tape import BRACES

FAILED = RunResult(Status.FAILED, "w", reason="why")


def _outputs(outputs: Mapping[str, Value], width: int = 80) -> list[str]:
    return [plain_text(line) for line in output_lines(outputs, Look(width=width))]


def _closing(result: RunResult, verbosity: Verbosity = Verbosity.NORMAL) -> str:
    return "\n".join(map(plain_text, closing(result, Look(verbosity))))


def _step(*path: str, status: Status = Status.FAILED, handled: bool = False) -> StepResult:
    return StepResult(path[-1], "w", path, status, (Attempt(1, problem="p"),), handled=handled, reason="p")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("eyJhbGciOi", "eyJhbGciOi"),
        ("[redacted]", "[redacted]"),
        ("two words", "two words"),
        # What could be taken for something else is quoted.
        ("202", '"202"'),
        ("null", '"null"'),
        ("", '""'),
        (" x", '" x"'),
        ("a\nb", '"a\\nb"'),
        ("\x1b[2J", '"\\u001b[2J"'),
        (202, "202"),
        (None, "null"),
        (1.50, "1.5"),
        ({"b": 1, "a": ["ü"]}, '{"b": 1, "a": ["ü"]}'),
        (b"123", "3 bytes"),
    ],
)
def test_an_output_is_told_without_doubt(value: Value, text: str) -> None:
    assert _outputs({"name": value}) == [f"  name  {text}"]


def test_outputs_stand_in_two_columns() -> None:
    assert _outputs({"a": 1, "日本": 2, "abc": 3}) == ["  a     1", "  日本  2", "  abc   3"]


def test_an_output_too_wide_stands_below_its_name() -> None:
    assert _outputs({"n": {"key": "v" * 30}, "t": "word " * 12}, 40) == [
        "  n",
        "    {",
        f'      "key": "{"v" * 30}"',
        "    }",
        "  t",
        "    " + "word " * 12,
    ]


def test_a_huge_output_is_cut_and_says_so() -> None:
    lines = _outputs({"n": list(range(1000))})
    assert len(lines) == MAX_OUTPUT_LINES + 2
    assert lines[-1] == "    … and 982 lines more"
    assert [len(line) for line in _outputs({"n": "x" * 10**6})] == [3, 2004]


def test_how_it_ended_stands_last() -> None:
    result = replace(FAILED, limit="max_steps", transferred="other", requests=1, elapsed=1.5, status=Status.STOPPED)
    assert (
        _closing(result)
        == """\

✗ w stopped: 0 steps, 1 request, 1.5 s
  why
  the limit max_steps was reached: it counts every try of a step and every start
  of a workflow, the first one too
  handed over to workflow other; the outputs are its outputs"""
    )


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("max_depth", "the limit max_depth was reached: it counts workflows that call workflows"),
        ("allow_hosts", "the limit allow_hosts was reached: it lets a run call the hosts that are"),
        ("other", "the limit other was reached\n"),
    ],
)
def test_a_limit_says_what_it_counts(limit: str, told: str) -> None:
    assert told in _closing(replace(FAILED, limit=limit, status=Status.STOPPED)) + "\n"


@pytest.mark.parametrize(
    ("steps", "counts"),
    [
        ([("w", "a"), ("w", "b")], "2 steps, 0 requests"),
        ([("x", "a", "a"), ("w", "a")], "1 step and 1 in other workflows, 0 requests"),
        ([("before", "a"), ("w", "a"), ("w", "a")], "2 steps and 1 in other workflows, 0 requests"),
        ([("w", "a", "a"), ("w", "a")], "1 step and 1 in other workflows, 0 requests"),
        ([], "0 steps, 0 requests"),
    ],
)
def test_steps_of_other_workflows_are_counted_apart(steps: list[tuple[str, ...]], counts: str) -> None:
    ended = tuple(StepResult(path[-1], flow, tuple(path), Status.SUCCEEDED) for flow, *path in steps)
    assert f"✓ w succeeded: {counts}" in _closing(RunResult(Status.SUCCEEDED, "w", steps=ended))


def test_a_reason_is_told_in_one_line_since_the_account_has_the_rest() -> None:
    told = _closing(replace(FAILED, reason="step 's': it failed\nGET / wants credentials:\n  - key"))
    assert told.endswith("\n  step 's': it failed")
    assert len(_closing(replace(FAILED, reason="so " * 10_000))) < 1500


def test_brief_tells_of_warnings_a_line_each_and_of_failures() -> None:
    doubts = (*BRACES, warning("run-answer", "it is odd"))
    first = f"spec.yml:49:14: warning[reading-P1]: {BRACES[0].message} (the first of 2)"
    success = RunResult(Status.SUCCEEDED, "w", {"a": 1}, warnings=doubts)
    assert _closing(success, Verbosity.BRIEF).split("\n") == [first, "warning[run-answer]: it is odd"]
    assert _closing(replace(success, warnings=()), Verbosity.BRIEF) == ""
    told = _closing(replace(FAILED, warnings=doubts, steps=(_step("s"),)), Verbosity.BRIEF)
    assert told.split("\n")[1:5] == ["warning[run-answer]: it is odd", "", "✗ s failed", "    p"]
    assert _closing(replace(FAILED, steps=(_step("s"),)), Verbosity.BRIEF).startswith("✗ s failed")


def test_of_very_many_failures_those_are_left_out_that_only_pass_one_on() -> None:
    chain = tuple(_step(*("s",) * depth) for depth in range(50, 0, -1))
    told = _closing(replace(FAILED, steps=(_step("t"), *chain)))
    assert [line for line in told.splitlines() if line.endswith(" failed")] == [
        "✗ t failed",
        "✗ s/s/... 46 more .../s/s failed",
    ]


def test_failures_far_down_are_told_apart() -> None:
    deep = ("s",) * 30
    told = _closing(replace(FAILED, steps=(_step(*deep, "a"), _step(*deep, "s", "a"))))
    assert "✗ s/s/... 27 more .../s/a failed\n" in told
    assert "✗ s/s/... 28 more .../s/a failed\n" in told


def test_quiet_tells_of_failures_alone() -> None:
    assert _closing(RunResult(Status.SUCCEEDED, "w", {"a": 1}), Verbosity.QUIET) == ""
    told = _closing(replace(FAILED, outputs={"a": 1}, steps=(_step("s"),)), Verbosity.QUIET)
    assert told == "✗ s failed\n    p\n\n✗ w failed: 1 step, 0 requests, 0 ms\n  why"


@pytest.mark.parametrize(
    ("steps", "blamed", "others"),
    [
        ((_step("s"),), ["✗ s failed"], ""),
        ((_step("s", handled=True), _step("t")), ["✗ t failed"], "1 failure did not end the run: s"),
        ((_step("s", "in"), _step("s")), ["✗ s/in failed", "✗ s failed"], ""),
        (
            (_step("s", "in"), _step("s", handled=True), _step("t")),
            ["✗ t failed"],
            "2 failures did not end the run: s/in, s",
        ),
        (
            (_step("s", "in"), _step("s", status=Status.SUCCEEDED), _step("t")),
            ["✗ t failed"],
            "1 failure did not end the run: s/in",
        ),
        ((_step("s", "in"), _step("s", "in"), _step("s")), ["✗ s/in failed 2 times; the last time", "✗ s failed"], ""),
    ],
)
def test_only_what_the_run_did_not_get_over_is_blamed(
    steps: tuple[StepResult, ...], blamed: list[str], others: str
) -> None:
    told = _closing(replace(FAILED, steps=steps)).splitlines()
    assert [line for line in told if line.startswith("✗") and not line.startswith("✗ w ")] == blamed
    assert [line.strip() for line in told if "did not end the run" in line] == ([others] if others else [])


def test_verbose_tells_of_every_failure_and_a_success_of_none() -> None:
    steps = (_step("s", handled=True), _step("t", status=Status.SUCCEEDED))
    success = RunResult(Status.SUCCEEDED, "w", steps=steps)
    assert "✗ s failed" not in _closing(success)
    assert "1 failure did not end the run: s" in _closing(success)
    assert "✗ s failed" in _closing(success, Verbosity.VERBOSE)


def test_of_very_many_failures_the_last_are_told() -> None:
    steps = tuple(_step(f"s{number}") for number in range(50))
    told = _closing(replace(FAILED, steps=steps))
    assert f"50 steps failed; of those that failed by themselves, the last {MAX_ACCOUNTS}:" in told
    assert "✗ s29 failed" not in told
    assert "✗ s30 failed" in told

from collections.abc import Mapping
from dataclasses import replace

import pytest

from arazzo_runner.engine.result import Attempt, RunResult, Status, StepResult
from arazzo_runner.reports.page import Look, Verbosity, plain_text
from arazzo_runner.reports.run.summary import MAX_ACCOUNTS, MAX_OUTPUT_LINES, closing, output_lines
from arazzo_runner.values import Value

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
  the limit is named max_steps
  handed over to workflow other; the outputs are its outputs"""
    )


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
    assert f"50 steps failed; the last {MAX_ACCOUNTS}:" in told
    assert "✗ s29 failed" not in told
    assert "✗ s30 failed" in told

"""What is written is judged by the schema of Jenkins's xUnit plugin, as that of findings is."""

import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Failure, Trial, Trials, TriedDocument
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.tests.junit import write_trials_junit
from tests.reports.tests.trials import TRIALS

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent.parent / "findings" / "junit-10.xsd")))


def written(trials: Trials) -> etree._Element:
    stream = io.StringIO()
    write_trials_junit(stream, trials, Look())
    root = etree.fromstring(stream.getvalue().encode("ascii"))
    SCHEMA.assertValid(root)
    return root


def test_a_suite_a_document_and_a_case_a_workflow() -> None:
    root = written(TRIALS)
    counts = [(each.get("name"), each.get("tests"), each.get("failures"), each.get("errors")) for each in root]
    assert counts == [("a.yml", "4", "3", "0"), ("gone.yml", "1", "0", "1"), ("dead.yml", "1", "0", "1")]
    assert [root.get(name) for name in ("tests", "failures", "errors", "time")] == ["6", "3", "2", "1.500"]
    failure = root.find(".//failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == (Reason.SCHEMA.value, "they contradict each other")
    assert failure.text is not None
    assert failure.text.splitlines() == [
        "a.yml:5:7: criterion-contradicts-schema: step 'call/pay': they contradict each other",
        "criterion does not hold: $response.body#/a == 'x'",
        '  $response.body#/a was "y"',
        "criterion does not hold: $b == 1",
        "  it can't be decided: no $b",
        "help: correct one",
    ]


def test_a_run_that_was_led_says_so() -> None:
    (failure,) = [each for each in written(TRIALS).iter("failure") if each.get("type") == "criterion-failed"]
    assert failure.text == "criterion-failed: it failed\nrun 2, led by pay=failure"


@given(st.text(), st.text())
def test_any_text_is_sound_xml(name: str, message: str) -> None:
    trial = Trial(name, (Failure(Reason.ANSWER, message, help=message),))
    written(Trials((TriedDocument(name, (trial,)), TriedDocument(name, problem=message))))

import pytest

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.events import ActionChosen, Considered
from arazzo_runner.engine.result import Judged
from arazzo_runner.reports.run.html.limits import MAX_LISTED
from arazzo_runner.reports.run.html.verdicts import action_part, criteria_list, none_fired, sign
from arazzo_runner.values import Nothing
from tests.reports.run.html.rendered import told

HOLDS = Judged("$statusCode == 200", True, (Operand("$statusCode", 200), Operand("200", 200)))
BREAKS = Judged("$x == 'a'", False, (Operand("$x", Nothing("no x")), Operand("'a'", "a")), "the left side has no value")


def test_criteria_tell_their_verdicts_in_words_and_what_their_operands_were() -> None:
    assert told(criteria_list((HOLDS, BREAKS))) == (
        "✓ holds$statusCode == 200$statusCode was 200"
        "✗ does not hold$x == 'a'$x was no value: no xIt can't be decided: the left side has no value"
    )


@pytest.mark.parametrize(
    ("operand", "shown"),
    [
        (Operand("200", 200), False),
        (Operand("'a'", "a"), False),
        (Operand("true", True), False),
        (Operand("null", None), False),
        (Operand("$x", 1), True),
        (Operand("$x", "$y"), True),
        (Operand("$x", [1]), True),
        (Operand("$x", Nothing("")), True),
    ],
)
def test_a_literal_says_nothing_of_itself(operand: Operand, shown: bool) -> None:
    assert (" was " in criteria_list((Judged("c", True, (operand,)),))) is shown


def test_very_many_criteria_are_cut() -> None:
    assert told(criteria_list((HOLDS,) * (MAX_LISTED + 1))).endswith("1 more criterion left out.")


def test_a_sign_is_a_word_too() -> None:
    assert told(sign(True, "holds")) == "✓ holds"
    assert told(sign(False, "fails")) == "✗ fails"


def test_an_action_says_where_it_leads_and_why_it_was_chosen() -> None:
    considered = (
        Considered("again", "retry", used_up=True),
        Considered("other", "end", (BREAKS,)),
        Considered("on", "goto", (HOLDS,)),
    )
    shown = told(action_part(ActionChosen(("a",), "on", "goto", "next", considered)))
    assert shown.startswith("Then go to next, by the action on✓ holds$statusCode == 200")
    assert "again (retry) was passed over: no try is left" in shown
    assert "other (end) was passed over: its criteria do not all hold✗ does not hold" in shown


def test_an_action_without_criteria_says_so_where_that_is_known() -> None:
    always = ActionChosen(("a",), "stop", "end", "", (Considered("stop", "end"),))
    assert told(action_part(always)) == "Then end, by the action stop, which has no criteria"
    assert told(action_part(ActionChosen(("a",), "stop", "end"))) == "Then end, by the action stop"


def test_actions_that_did_not_fire() -> None:
    assert none_fired(()) is None
    assert told(none_fired((Considered("r", "retry", used_up=True),))) == (
        "No action fired, so the default was takenr (retry) was passed over: no try is left"
    )

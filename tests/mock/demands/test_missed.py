from arazzo_runner.mock.demands.demand import Use
from arazzo_runner.mock.demands.later import LaterUse
from arazzo_runner.mock.demands.missed import LATER, Missed

USE = LaterUse(("a", 0), (True,), (Use("the body of step 's'"), Use("another")), must=True)


def test_a_missed_use_names_what_does_not_fit() -> None:
    missed = Missed(USE, "the body", "api.yaml:3:1", "it is text", is_lacking=True)
    assert missed.told() == (
        "the body at #/a/0 of the invented answer does not fit the body of step 's' and 1 more: "
        "the schema at api.yaml:3:1 contradicts it: it is text"
    )
    assert missed.note().code == LATER


def test_what_a_step_can_do_without_has_no_code() -> None:
    assert Missed(USE, "the body", "", "it is text", is_lacking=False).note().code == ""

from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Failure, Trial, Trials, TriedDocument

BAD = Trial("bad", (Failure(Reason.REFUSED, "m"), Failure(Reason.CRASH, "n")))
GOOD = Trial("good")


def test_a_trial_succeeds_without_failures() -> None:
    assert (GOOD.succeeded, GOOD.reason) == (True, None)
    assert (BAD.succeeded, BAD.reason) == (False, Reason.REFUSED)


def test_a_document_succeeds_where_nothing_is_wrong() -> None:
    assert TriedDocument("f", (GOOD,)).succeeded
    assert not TriedDocument("f", (GOOD, BAD)).succeeded
    assert not TriedDocument("f", problem="gone").succeeded
    assert not TriedDocument("f", (GOOD,), failures=(Failure(Reason.CRASH, "m"),)).succeeded


def test_all_of_it_is_counted() -> None:
    broken = TriedDocument("x", failures=(Failure(Reason.CRASH, "m"),))
    trials = Trials(
        (TriedDocument("f", (GOOD, BAD)), TriedDocument("g", (BAD,)), broken, TriedDocument("h", problem="p"))
    )
    assert [trial.workflow for trial in trials.all] == ["good", "bad", "bad"]
    assert list(trials.by_reason.items()) == [(Reason.REFUSED, 2), (Reason.CRASH, 1)]
    assert (trials.unreadable, trials.succeeded) == (1, False)


def test_what_was_interrupted_has_not_succeeded() -> None:
    assert Trials((TriedDocument("f", (GOOD,)),)).succeeded
    assert not Trials((TriedDocument("f", (GOOD,)),), interrupted=True).succeeded

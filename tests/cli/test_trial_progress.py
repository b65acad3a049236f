import io

from arazzo_runner.api.testing import Gathering
from arazzo_runner.api.workers import Begun, Done, Finished, Known, Message
from arazzo_runner.cli.trial_progress import Progress
from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Failure, Trial, TriedDocument


def messages(number: int, *trials: Trial) -> list[Message]:
    names = tuple(trial.workflow for trial in trials)
    return [Begun(number, ""), Known(number, names), *(Done(number, trial) for trial in trials), Finished(number)]


class Followed:
    """A progress with a clock that a test sets."""

    def __init__(self, *files: str, live: bool = True) -> None:
        self.now = 0.0
        self.gathering = Gathering(files)
        self.page = io.StringIO()
        self.told: list[TriedDocument] = []
        self.progress = Progress(self.gathering, self.page if live else None, 60, self.told.append, lambda: self.now)

    def on(self, *given: Message) -> None:
        for message in given:
            self.gathering.on(message)
            self.progress.on(message)


def test_nothing_is_shown_within_a_second() -> None:
    followed = Followed("a", "b")
    followed.now = 0.9
    followed.on(*messages(0, Trial("w")))
    assert followed.page.getvalue() == ""


def test_a_bar_tells_how_far_it_is_and_is_wiped() -> None:
    followed = Followed("a", "b")
    followed.on(*messages(0, Trial("w", (Failure(Reason.CRASH, "m"),))))
    followed.now = 1.5
    followed.on(Begun(1, "v"))
    assert followed.page.getvalue() == "\r\x1b[K[##########..........] 1 of 2 documents, 1 workflows, 1 ..."
    followed.progress.close()
    assert followed.page.getvalue().endswith("...\r\x1b[K")


def test_it_does_not_change_all_the_time() -> None:
    followed = Followed("a", "b")
    followed.now = 2.0
    followed.on(Begun(0, "w"))
    shown = followed.page.getvalue()
    followed.now = 2.05
    followed.on(Begun(0, "v"))
    assert followed.page.getvalue() == shown


def test_documents_are_told_in_their_order() -> None:
    followed = Followed("a", "b", "c", live=False)
    followed.on(*messages(1, Trial("w")))
    assert followed.told == []
    followed.on(*messages(0, Trial("v")))
    assert [document.file for document in followed.told] == ["a", "b"]
    assert followed.progress.told == 2
    assert followed.page.getvalue() == ""

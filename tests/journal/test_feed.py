"""A feed gives what came of the effects before, in their order, and says where they differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from arazzo_runner.engine.effects import Checkpoint, Effect, Sleep, Ticket
from arazzo_runner.engine.outcomes import Clock, Proceed, Slept
from arazzo_runner.errors import Drifted
from arazzo_runner.journal.feed import Feed
from arazzo_runner.journal.reader import Entry
from arazzo_runner.journal.records import Intent
from arazzo_runner.journal.sealing import Sealer
from arazzo_runner.journal.vault import Vault
from arazzo_runner.redact import Redactor

ENTRIES = (
    Entry(Intent(1, "checkpoint", ("a",), None, "before 1"), Proceed(Clock(1.0, 1.0))),
    Entry(Intent(2, "sleep", ("a",), None, "3 s"), Slept(Clock(4.0, 4.0))),
    Entry(Intent(3, "checkpoint", ("b",), None, "before 1"), None),
)
A, NAP, B = Checkpoint(Ticket(1), ("a",)), Sleep(Ticket(2), 3.0, ("a",)), Checkpoint(Ticket(3), ("b",))


def _feed(lenient: bool = False) -> Feed:
    vault = Vault()
    return Feed(ENTRIES, Sealer(Redactor(), vault), vault, lenient)


def test_outcomes_come_in_their_order_with_their_time() -> None:
    feed = _feed()
    assert [feed.answer(effect) for effect in (A, NAP)] == [ENTRIES[0].outcome, ENTRIES[1].outcome]
    assert feed.read() == Clock(4.0, 4.0)
    assert feed.fed == 2


def test_what_nobody_knows_is_no_outcome() -> None:
    feed = _feed()
    for effect in (A, NAP):
        feed.answer(effect)
    assert feed.answer(B) is None
    assert feed.fed == 2


def test_a_difference_ends_it() -> None:
    feed = _feed()
    feed.answer(A)
    with pytest.raises(Drifted, match='"3 s" and is "5 s"'):
        feed.answer(replace(NAP, seconds=5.0))


@pytest.mark.parametrize("effect", [replace(NAP, seconds=5.0), Sleep(Ticket(9), 3.0, ("a",))])
def test_leniently_it_goes_on_with_the_next_of_the_same_step(effect: Effect) -> None:
    feed = _feed(lenient=True)
    assert feed.answer(effect) == ENTRIES[1].outcome
    assert len(feed.drifts) == 1


def test_leniently_what_was_never_done_has_no_outcome() -> None:
    feed = _feed(lenient=True)
    assert feed.answer(Sleep(Ticket(1), 1.0, ("c",))) is None
    assert len(feed.drifts) == 1


def test_time_has_passed_already(tmp_path: Path) -> None:
    feed = _feed()
    feed.answer(A)
    feed.wait(1000.0)
    assert feed.read() == Clock(1.0, 1.0)

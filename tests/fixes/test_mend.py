"""Mending goes on until nothing is left to mend, and comes to an end."""

from __future__ import annotations

from dataclasses import replace

from arazzo_runner.diagnostics import Applicability, Diagnostic, Edit, Splice
from arazzo_runner.document import Source
from arazzo_runner.fixes import planned
from arazzo_runner.fixes.limits import MAX_ROUNDS
from arazzo_runner.fixes.mend import Reading, mend
from tests.fixes.documents import finding, source


def read(text: str, *found: Diagnostic) -> Reading:
    document: Source = source(text)
    return Reading(document, planned(found, document))


def shorter(text: str) -> Reading:
    """Find fault with each text that is longer than `v: a`."""
    length = len(text.removeprefix("v: ").rstrip("\n"))
    return read(text, finding(Splice(("v",), length - 1, length, ""))) if length > 1 else read(text)


def test_each_round_is_judged_again() -> None:
    done = mend(shorter("v: abcd\n"), shorter)
    assert (done.text, len(done.fixed), done.reading.found) == ("v: a\n", 3, ())


def test_it_ends_after_the_last_round() -> None:
    done = mend(shorter("v: " + "a" * 100 + "\n"), shorter)
    assert len(done.fixed) == MAX_ROUNDS
    assert done.reading.found


def test_unsafe_fixes_wait_until_they_are_wanted() -> None:
    def guess(text: str) -> Reading:
        one = finding(Splice(("v",), 0, 1, "x"))
        assert one.fix is not None
        return read(text, replace(one, fix=replace(one.fix, applicability=Applicability.UNSAFE)))

    assert mend(guess("v: a\n"), guess).text == "v: a\n"
    assert mend(guess("v: a\n"), guess, unsafe=True).text == "v: x\n"


def test_only_what_is_chosen_is_mended() -> None:
    assert mend(shorter("v: ab\n"), shorter, choose=lambda found: ()).text == "v: ab\n"


def test_what_was_dropped_is_not_tried_again() -> None:
    def broken(text: str) -> Reading:
        (one,) = read(text, finding(Splice(("v",), 0, 1, "x"))).found
        assert one.fix is not None
        edits = tuple(Edit(edit.span, "[") for edit in one.fix.edits)
        return Reading(source(text), (replace(one, fix=replace(one.fix, edits=edits)),))

    done = mend(broken("v: a\n"), broken)
    assert (done.text, len(done.dropped), done.fixed) == ("v: a\n", 1, ())

"""Each fault is judged in a process of its own: what is noticed, what survives, what hangs and what dies."""

import importlib
import os
import sys
import time
from pathlib import Path

import pytest

from tests.mutation.importing import forget, plant
from tests.mutation.planting import Fault, faults
from tests.mutation.reach import IMPORT, Watch, gathered, watched
from tests.mutation.running import JudgeFailed, State, Verdict, judged

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are judged in forked processes")

MODULE = """\
LIMIT = 3

def small(number):
    while number > LIMIT:
        number -= 1
    return number

def unused(number):
    return number + 1
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "__init__.py").write_text("")
    (tmp_path / "toy" / "shrink.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    forget("toy")
    return tmp_path


def judge_toy(root: Path, fault: Fault) -> Verdict:
    plant(root, fault.file, fault.applied(MODULE))
    small = importlib.import_module("toy.shrink").small
    return Verdict(State.SURVIVED if small(5) == 3 else State.NOTICED)


def fates(root: Path, bound: float = 1.0) -> dict[tuple[str, str], State]:
    found = list(faults("toy/shrink.py", MODULE))
    told = judged(found, lambda fault: judge_toy(root, fault), bound=lambda _: bound, workers=2)
    return {(fault.old, fault.new): verdict.state for fault, verdict in told}


def test_faults_are_noticed_survive_hang_or_crash(toy: Path) -> None:
    told = fates(toy)
    assert told["3", "4"] is State.NOTICED
    assert told["number > LIMIT", "False"] is State.NOTICED
    assert told["number > LIMIT", "number >= LIMIT"] is State.NOTICED
    assert told["number + 1", "(number - 1)"] is State.SURVIVED
    assert told["number > LIMIT", "True"] is State.HUNG
    assert told["number -= 1", "pass"] is State.HUNG


def test_nothing_is_left_of_a_planted_module(toy: Path) -> None:
    fates(toy)
    assert "toy.shrink" not in sys.modules
    assert (toy / "toy" / "shrink.py").read_text() == MODULE


def test_what_hangs_is_killed(tmp_path: Path) -> None:
    def hang(task: int) -> Verdict:
        (tmp_path / str(task)).write_text(str(os.getpid()))
        while True:
            pass

    begun = time.monotonic()
    told = list(judged([1, 2], hang, bound=lambda _: 0.3, workers=2))
    assert [verdict.state for _, verdict in told] == [State.HUNG, State.HUNG]
    assert time.monotonic() - begun < 10
    for task in (1, 2):
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / str(task)).read_text()), 0)


def test_a_process_that_dies_is_told() -> None:
    (_, verdict), *_ = judged([1], lambda _: os._exit(3), bound=lambda _: 5, workers=1)
    assert verdict.state is State.CRASHED
    assert verdict.is_noticed


def test_a_judge_that_fails_gives_no_verdict() -> None:
    def judge(task: int) -> Verdict:
        raise KeyError(task)

    with pytest.raises(JudgeFailed, match="KeyError"):
        list(judged([1], judge, bound=lambda _: 5, workers=1))


def test_an_answer_may_be_long() -> None:
    (_, told), *_ = judged([1], lambda _: ["x" * 1000] * 3000, bound=lambda _: 20, workers=1)
    assert told == ["x" * 1000] * 3000


def test_the_reach_of_cases_is_seen_by_line(toy: Path) -> None:
    shrink = importlib.import_module("toy.shrink")

    def play(case: int) -> bool:
        if case == IMPORT:
            forget("toy")
            importlib.import_module("toy.shrink")
            return True
        return bool(shrink.small(case) == case)

    watch = Watch(toy, "toy", frozenset({"toy/shrink.py"}), play)
    reach = gathered(watched(watch, [1, 2, 9, IMPORT], workers=2))
    found = {(fault.old, fault.new): fault for fault in faults("toy/shrink.py", MODULE)}
    assert reach.unsound == (9,)
    assert sorted(reach.of(found["number > LIMIT", "False"])) == [1, 2]
    assert reach.of(found["number -= 1", "pass"]) == []
    assert reach.of(found["number + 1", "(number - 1)"]) == []
    assert sorted(reach.of(found["3", "4"])) == [1, 2]

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from benchmarks.row import BYTES, Contest, Row, Size
from benchmarks.timing import Result, measure


def row(goal: float = 2.0, done: list[str] | None = None, repeat: int = 1) -> Row:
    acts = [] if done is None else done

    @contextmanager
    def opened(size: Size) -> Iterator[Contest]:
        yield Contest(lambda: acts.append("row"), lambda: acts.append("floor"), repeat)
        acts.append("closed")

    return Row("r", "what", "floor", goal, opened)


def test_row_and_floor_take_turns_after_one_that_does_not_count() -> None:
    done: list[str] = []
    result = measure(row(done=done), Size.TINY, turns=2)
    assert done == ["floor", "row"] * 3 + ["closed"]
    assert (len(result.measured), len(result.floor)) == (2, 2)


def test_what_takes_too_little_is_done_often_and_divided() -> None:
    done: list[str] = []
    ticks = iter(range(0, 400, 10))
    result = measure(row(done=done, repeat=5), Size.TINY, turns=1, clock=lambda: float(next(ticks)))
    assert done.count("row") == 6
    assert result.measured == (2.0,)


def test_the_ratio_is_that_of_the_medians() -> None:
    result = Result(row(2.0), (1.0, 30.0, 3.0), (1.0, 2.0, 50.0))
    assert (result.seconds, result.floor_seconds, result.ratio, result.met) == (3.0, 2.0, 1.5, True)
    assert not Result(row(1.2), (3.0,), (2.0,)).met


def test_bytes_are_weighed_and_take_no_turn_that_does_not_count() -> None:
    weighed: list[int] = []

    def weigh() -> int:
        weighed.append(len(weighed))
        return 10 + len(weighed)

    heavy = Row("r", "what", "floor", 2.0, lambda size: nullcontext(Contest(weigh, lambda: 5)), unit=BYTES, turns=1)
    result = measure(heavy, Size.TINY, turns=7)
    assert (result.measured, result.floor, len(weighed)) == ((11.0,), (5.0,), 1)

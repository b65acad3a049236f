from collections.abc import Callable
from pathlib import Path

import pytest

from arazzo_runner.cli.watching import INTERVAL, Done, Stamp, stamp, watch


class World:
    """Files with their stamps, and what happens to them at each wait; then Ctrl-C."""

    def __init__(self, *waits: Callable[[], None]) -> None:
        self.files: dict[str, int] = {"a": 1}
        self.waits = list(waits)
        self.waited: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        if not self.waits:
            raise KeyboardInterrupt
        self.waits.pop(0)()

    def stamp(self, path: str) -> Stamp:
        return (self.files[path], 0, 0) if path in self.files else None

    def set(self, **files: int) -> None:
        self.files |= files


def followed(world: World, *done: Done) -> tuple[int, int]:
    """Return the exit code, and how often it was done."""
    acts = iter(done)
    count = 0

    def act() -> Done:
        nonlocal count
        count += 1
        return next(acts)

    return watch(act, world.wait, world.stamp), count


A, AB = frozenset({"a"}), frozenset({"a", "b"})


def test_nothing_changes_nothing_is_done() -> None:
    world = World(lambda: None, lambda: None)
    assert followed(world, Done(1, A)) == (1, 1)
    assert world.waited == [INTERVAL] * 3


def test_a_change_is_seen_and_the_last_code_counts() -> None:
    world = World(lambda: None, lambda: world.set(a=2), lambda: None)
    assert followed(world, Done(1, A), Done(0, A)) == (0, 2)


def test_a_file_that_goes_or_comes_is_a_change() -> None:
    world = World(lambda: world.files.clear(), lambda: world.set(a=1))
    assert followed(world, Done(0, A), Done(2, A), Done(0, A)) == (0, 3)


def test_files_that_are_read_later_are_watched_too() -> None:
    world = World(lambda: world.set(a=2, b=1), lambda: world.set(b=2))
    assert followed(world, Done(0, A), Done(0, AB), Done(1, AB)) == (1, 3)


def test_a_change_while_it_is_done_is_not_missed() -> None:
    world = World(lambda: world.set(a=2), lambda: None)
    codes = iter([0, 1, 2])

    def act() -> Done:
        code = next(codes)
        if code == 1:
            world.set(a=3)
        return Done(code, A)

    assert watch(act, world.wait, world.stamp) == 2


def test_ctrl_c_while_it_is_done_the_first_time_is_the_callers() -> None:
    def act() -> Done:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch(act, lambda seconds: None)


def test_the_stamp_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert stamp(str(path)) is None
    assert stamp("\0") is None
    path.write_text("1", encoding="utf-8")
    first = stamp(str(path))
    path.write_text("12", encoding="utf-8")
    assert first is not None
    assert stamp(str(path)) != first

import gc

from arazzo_runner.cli.collecting import YOUNG, seldom_collected


def test_a_process_of_its_own_looks_for_garbage_seldom() -> None:
    before = gc.get_threshold()
    try:
        with seldom_collected(True):
            assert gc.get_threshold()[0] == YOUNG
            assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_another_process_is_left_as_it_is() -> None:
    before = gc.get_threshold()
    with seldom_collected(False):
        assert gc.get_threshold() == before
    assert gc.get_threshold() == before

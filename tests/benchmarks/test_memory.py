from benchmarks.memory import weight


def test_what_a_process_holds_is_weighed() -> None:
    small, large = weight("kept = 1")(), weight("import sys\nkept = bytearray(int(sys.argv[1]))", str(50 * 2**20))()
    assert small > 2**20
    assert 45 * 2**20 < large - small < 60 * 2**20

from __future__ import annotations

from arazzo_runner.engine.standings import Standing, Standings


def test_a_step_moves_from_unknown_to_its_end_and_what_has_completed_stays_so() -> None:
    standings: Standings[str] = Standings()
    assert standings.of("a") is Standing.UNKNOWN
    standings.begin("a")
    assert standings.of("a") is Standing.BEGUN
    standings.end("a", completed=False)
    assert standings.of("a") is Standing.FAILED
    standings.begin("a")
    assert standings.of("a") is Standing.BEGUN
    standings.end("a", completed=True)
    standings.begin("a")
    standings.end("a", completed=False)
    assert standings.of("a") is Standing.COMPLETED
    assert standings.of("b") is Standing.UNKNOWN

from arazzo_runner.mock.scenarios.endings import Fault


def test_faults_are_named_as_they_are_written() -> None:
    assert [fault.value for fault in Fault] == [
        "refused",
        "timeout",
        "reset",
        "slow",
        "broken-json",
        "wrong-content-type",
    ]

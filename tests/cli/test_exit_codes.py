from arazzo_runner.cli.exit_codes import MEANINGS, ExitCode, epilog


def test_the_table_is_the_promised_one() -> None:
    promised = {"SUCCEEDED": 0, "FAILED": 1, "UNUSABLE": 2, "CANNOT_CONTINUE": 3, "INTERRUPTED": 130}
    assert {code.name: code.value for code in ExitCode} == promised


def test_each_code_has_its_meaning_in_the_help() -> None:
    assert set(MEANINGS) == set(ExitCode)
    for code, meaning in MEANINGS.items():
        assert f"{code:>3}  {meaning}" in epilog().split("\n\n")

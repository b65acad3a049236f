import pytest

from benchmarks.__main__ import main


def test_the_rows_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert "validate-large" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nix"], "there is no row 'nix'"),
        (["--write", "version"], "wants all rows"),
        (["--write", "--turns", "3"], "7 turns"),
    ],
)
def test_what_can_not_be_measured_is_an_error(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert complaint in capsys.readouterr().err


def test_a_row_is_measured_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate-large", "--tiny", "--turns", "1"]) in (0, 1)
    assert capsys.readouterr().out.startswith("validate-large ")

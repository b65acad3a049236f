from pathlib import Path

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.profile import choose
from arazzo_runner.profiles.toml import read
from arazzo_runner.profiles.validation import Validation


def read_validation(text: str, name: str | None = None) -> Validation:
    return choose(read(text.encode(), "a.toml", Path("/x")), name, is_named=False).validation


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Validation()),
        ("[validate]", Validation()),
        ("[validate]\nselect = ['a', 'b']", Validation(("a", "b"))),
        ("[validate]\nignore = []\nfail-on = 'note'", Validation((), (), Severity.NOTE)),
    ],
)
def test_what_the_table_says(text: str, found: Validation) -> None:
    assert read_validation(text) == found


def test_it_counts_whatever_the_profile() -> None:
    text = "[validate]\nignore = ['a']\n[profile.x]\nstrict = true\n"
    assert read_validation(text, "x") == read_validation(text) == Validation((), ("a",))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[validat]", "a.toml:1:2: there is no table 'validat'", "did you mean 'validate'?"),
        ("validate = 1", "a.toml:1:12: 'validate' is a whole number", "[validate]"),
        ("[validate]\nignor = []", "a.toml:2:1: there is no setting 'ignor'", "did you mean 'ignore'?"),
        ("[validate]\nignore = 'a'", "a.toml:2:10: 'ignore' is a text; it should be an array of codes", "ignore = ["),
        ("[validate]\nignore = [1]", "a.toml:2:11: ", "in quotes"),
        ("[validate]\nfail-on = 'warn'", "a.toml:2:11: this is no severity", "did you mean 'warning'?"),
        ("[validate]\nfail-on = 1", "a.toml:2:11: 'fail-on' is a whole number", "fail-on ="),
    ],
)
def test_what_it_can_not_say(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_validation(text)
    assert raised.value.message.startswith(message)
    assert hint in raised.value.hint

"""Stand-ins and the file that knows the way back."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.errors import CannotContinue, UsageError
from arazzo_runner.journal.vault import SecretsFile, Vault, alike, unknown_in
from arazzo_runner.redact import STAND_IN
from arazzo_runner.values import Value

SECRET = "a secret of the run"


def test_one_secret_has_one_stand_in_and_others_have_others() -> None:
    vault = Vault()
    first = vault.stand_in(SECRET, SECRET)
    assert STAND_IN.fullmatch(first)
    assert vault.stand_in(SECRET, SECRET) == first
    assert vault.stand_in("another one", "another one") != first


def test_another_key_gives_another_stand_in() -> None:
    assert Vault().stand_in(SECRET, SECRET) != Vault().stand_in(SECRET, SECRET)


def test_the_forms_of_a_secret_are_told_apart_and_alike() -> None:
    vault = Vault()
    raw, encoded = vault.stand_in(SECRET, SECRET), vault.stand_in(SECRET, "a%20secret%20of%20the%20run")
    assert raw != encoded
    assert alike(f"x {raw} y") == alike(f"x {encoded} y")
    assert vault.opened(f"{raw} and {encoded}") == f"{SECRET} and a%20secret%20of%20the%20run"


def test_a_stand_in_stands_for_itself() -> None:
    stand_in = Vault().stand_in(SECRET, SECRET)
    assert Vault().stand_in(stand_in, stand_in) == stand_in


def test_a_number_comes_back_as_a_number() -> None:
    vault = Vault()
    value: Value = {"pin": vault.stand_in("1234", 1234), "text": f"pin {vault.stand_in('1234', 1234)}"}
    assert vault.opened_value(value) == {"pin": 1234, "text": "pin 1234"}


def test_what_is_not_known_stays() -> None:
    stand_in = Vault().stand_in(SECRET, SECRET)
    assert Vault().opened(f"Bearer {stand_in}") == f"Bearer {stand_in}"
    assert unknown_in(f"Bearer {stand_in}") == (stand_in,)


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=12))
def test_what_was_put_in_comes_out(pairs: list[tuple[str, str]]) -> None:
    vault = Vault()
    names = [(vault.stand_in(secret, form), form) for secret, form in pairs]
    assert all(vault.opened(name) == form for name, form in names if not STAND_IN.search(form))


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "run.ndjson"


def test_the_file_is_for_its_owner_and_brings_everything_back(journal: Path) -> None:
    file = SecretsFile(journal)
    vault = file.create()
    names = [vault.stand_in(SECRET, form) for form in (SECRET, "form", 12)]
    file.close()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    again = SecretsFile(journal).load()
    assert again is not None
    assert [again.opened_value(name) for name in names] == [SECRET, "form", 12]
    assert again.stand_in(SECRET, SECRET) == names[0]
    assert again.stand_in(SECRET, "form") == names[1]
    assert again.stand_in(SECRET, "a new form") not in names


def test_what_is_learnt_later_is_added(journal: Path) -> None:
    file = SecretsFile(journal)
    file.create()
    file.close()
    later = SecretsFile(journal)
    vault = later.load()
    assert vault is not None
    name = vault.stand_in(SECRET, SECRET)
    later.close()
    found = SecretsFile(journal).load()
    assert found is not None
    assert found.opened(name) == SECRET


def test_a_line_that_was_cut_off_loses_no_other(journal: Path) -> None:
    file = SecretsFile(journal)
    vault = file.create()
    kept, lost = vault.stand_in(SECRET, SECRET), vault.stand_in("lost one", "lost one")
    file.close()
    file.path.write_bytes(file.path.read_bytes()[:-6])
    again = SecretsFile(journal)
    found = again.load()
    assert found is not None
    assert found.opened(kept) == SECRET
    assert found.opened(lost) == lost
    new = found.stand_in("a new one", "a new one")
    again.close()
    last = SecretsFile(journal).load()
    assert last is not None
    assert last.opened(new) == "a new one"
    assert last.opened(kept) == SECRET


def test_without_a_file_there_is_no_vault(journal: Path) -> None:
    assert SecretsFile(journal).load() is None


def test_a_fresh_vault_writes_its_file_with_the_first_secret(journal: Path) -> None:
    file = SecretsFile(journal)
    vault = file.fresh()
    assert not file.path.exists()
    name = vault.stand_in(SECRET, SECRET)
    file.close()
    found = SecretsFile(journal).load()
    assert found is not None
    assert found.opened(name) == SECRET


@pytest.mark.parametrize("content", [b"", b"{}\n", b"nonsense\n", b'{"key": "no hex"}\n', b'{"key": 3}\n', b"[]\n"])
def test_what_is_no_such_file_is_refused(journal: Path, content: bytes) -> None:
    file = SecretsFile(journal)
    file.path.write_bytes(content)
    with pytest.raises(UsageError, match="holds no key"):
        file.load()


def test_bytes_that_are_no_text_are_refused(journal: Path) -> None:
    file = SecretsFile(journal)
    file.path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="no UTF-8"):
        file.load()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        SecretsFile(tmp_path / "nowhere" / "run").create()


def test_a_file_that_went_away_ends_the_run(journal: Path, tmp_path: Path) -> None:
    file = SecretsFile(tmp_path / "folder" / "run")
    vault = file.fresh()
    with pytest.raises(CannotContinue, match="can't be written"):
        vault.stand_in(SECRET, SECRET)


def test_lines_are_json(journal: Path) -> None:
    file = SecretsFile(journal)
    file.create().stand_in("\ud800 half", "\ud800 half")
    file.close()
    assert [sorted(json.loads(line)) for line in file.path.read_text("ascii").splitlines()] == [
        ["key", "secrets"],
        ["standIn", "value"],
    ]

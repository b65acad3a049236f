"""The smallest secrets of a run, and where they stand."""

from __future__ import annotations

import time
from base64 import b64encode
from urllib.parse import quote

import pytest

from arazzo_runner.journal.atoms import Atoms, decoded

TOKEN = "a-token/of the run"


def _atoms(*values: str) -> Atoms:
    atoms = Atoms()
    atoms.learn(values)
    return atoms


MADE = [
    f"Bearer {TOKEN.replace(' ', '-')}",
    f"key={quote(TOKEN, safe='')}",
    quote(TOKEN, safe=""),
    f"https://a.example.com/?k={quote(TOKEN, safe='')}&b=1",
    b64encode(f"user:{TOKEN}".encode()).decode(),
    f"Basic {b64encode(f'user:{TOKEN}'.encode()).decode()}",
]


@pytest.mark.parametrize("made", MADE, ids=range(len(MADE)))
@pytest.mark.parametrize("first", [True, False])
def test_what_is_made_of_another_is_none(made: str, first: bool) -> None:
    token = TOKEN.replace(" ", "-") if made.startswith("Bearer") else TOKEN
    atoms = Atoms()
    for values in [[token], [made]] if first else [[made], [token]]:
        atoms.learn(values)
    assert token in atoms
    assert made not in atoms


def test_two_that_have_nothing_to_do_with_each_other_are_two() -> None:
    atoms = _atoms("first-secret", "second-secret")
    assert "first-secret" in atoms
    assert "second-secret" in atoms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"x {TOKEN} y", [TOKEN]),
        (f"x {quote(TOKEN, safe='')} y", [quote(TOKEN, safe="")]),
        (f"{TOKEN} {TOKEN}", [TOKEN, TOKEN]),
        (f"Basic {b64encode(f'me:{TOKEN}'.encode()).decode()}", [b64encode(f"me:{TOKEN}".encode()).decode()]),
        ("nothing of the kind", []),
        ("", []),
    ],
)
def test_places(text: str, found: list[str]) -> None:
    places = list(_atoms(TOKEN).places(text))
    assert [text[start:end] for start, end, _ in places] == found
    assert {secret for *_, secret in places} <= {TOKEN}


def test_secrets_side_by_side_are_told_apart() -> None:
    atoms = _atoms("first-secret!", "second-secret!")
    text = "<first-secret!second-secret!>"
    assert [secret for *_, secret in atoms.places(text)] == ["first-secret!", "second-secret!"]


def test_short_ones_are_not_looked_for() -> None:
    atoms = _atoms("abc")
    assert "abc" in atoms
    assert list(atoms.places("x abc y")) == []


@pytest.mark.parametrize(
    ("text", "plain"), [("dXNlcjpwYXNz", "user:pass"), ("YWI", ""), ("no base64!", ""), ("////", ""), ("", "")]
)
def test_base64_is_read_where_it_is_a_text(text: str, plain: str) -> None:
    assert decoded(text) == plain


@pytest.mark.long
def test_a_thousand_secrets_are_learnt_one_by_one_in_a_time_that_does_not_explode() -> None:
    began = time.monotonic()
    atoms = Atoms()
    for number in range(2000):
        secret = f"secret-number-{number:06}-of-many"
        atoms.learn([secret, f"Bearer {secret}"])
        assert len(list(atoms.places(f'{{"token": "{secret}"}}'))) == 1
    assert time.monotonic() - began < 60

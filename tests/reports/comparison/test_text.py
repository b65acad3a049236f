import io
import re

import pytest

from arazzo_runner.reports.comparison.text import write_text
from arazzo_runner.reports.page import Look, Verbosity
from tests.reports.comparison.pairs import COMPARISONS

DIFFERENT = """\
- left   left.ndjson  w, 2001-09-09 01:46:40 UTC, succeeded, 4 requests, 3 s
+ right  right.ndjson  w, 2001-09-09 01:46:40 UTC, succeeded, 3 requests, 3 s

  input 'name'
    - "ada"
    + "bob"
= login  same  GET /a  200
~ get  changed  GET /a  503 200 -> 200
    try 1, only left
    try 2 (left), try 1 (right)
      request url
        - "https://api.example.com/a"
        + "https://api.example.com/b"
                                   ^
      request query parameter 'page'
        + "2"
      answer body #/items/1
        - 2
    output 'count'
      - 3
      + 2
+ new/inner  only right  GET /a  reset
- old  only left  GET /a  200
  output 'id'
    - 1
  warning
    + "[w-1] look here"

"""


def written(name: str, verbosity: Verbosity = Verbosity.NORMAL, *, colour: bool = False) -> str:
    page = io.StringIO()
    write_text(page, COMPARISONS[name], Look(verbosity, colour, 100))
    return page.getvalue()


def test_two_runs_for_a_person() -> None:
    assert written("different").startswith(DIFFERENT)


@pytest.mark.parametrize("name", COMPARISONS)
def test_colour_adds_nothing(name: str) -> None:
    coloured = written(name, colour=True)
    assert "\x1b[" in coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in plain.splitlines()] == written(name).splitlines()


@pytest.mark.parametrize("name", COMPARISONS)
def test_quietly_it_is_one_line(name: str) -> None:
    (line,) = written(name, Verbosity.QUIET).splitlines()
    assert line.startswith("the runs are the same" if name == "same" else "the runs differ")


def test_verbosely_it_tells_what_is_the_same_too() -> None:
    told = written("same", Verbosity.VERBOSE)
    assert "= get  same  GET /a  503 200  (left " in told
    assert "    = GET https://api.example.com/a: 503 after 500 ms, 503 after 500 ms\n" in told.replace(
        "0.5 s", "500 ms"
    )
    assert "    request header 'authorization': a secret, not compared\n" in told
    assert "a secret" not in written("same").partition("note:")[0]


def test_what_is_hostile_stays_in_its_line() -> None:
    told = written("hostile", Verbosity.VERBOSE)
    assert "\x1b" not in told
    assert "\u202e" not in told

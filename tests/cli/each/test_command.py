"""Many runs by the command, in this process: what is written, what is refused, what is gone on with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.invocation import Command
from tests.cli.loopback import Answer, Loopback

ROWS = "accessToken,hub,message,minutesToExpire\n"


@pytest.fixture
def schema(project: Path) -> Any:
    return json.loads((project / "arazzo_runner/reports/each/row.schema.json").read_text("utf-8"))


def rows(folder: Path, *lines: str, head: str = ROWS, name: str = "rows.csv") -> str:
    path = folder / name
    path.write_text(head + "".join(f"{line}\n" for line in lines), "utf-8")
    return str(path)


def results(text: str) -> dict[int, dict[str, Any]]:
    found = [json.loads(line) for line in text.splitlines()]
    assert len({each["row"] for each in found}) == len(found)
    return {each["row"]: each for each in found}


def test_each_row_is_a_line_of_json(
    arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path, schema: Any
) -> None:
    file = rows(tmp_path, "tok-aaaa,one,hi,5", "tok-bbbb,two,ho,", "tok-cccc,three,hi,soon", "tok-dddd,,x,1", "a,b")
    ended = arazzo("run", reference, "--server", pubsub.url, "--each", file)
    found = results(ended.out)
    for each in found.values():
        jsonschema.validate(each, schema)
    assert {row: each["status"] for row, each in found.items()} == {
        1: "succeeded",
        2: "succeeded",
        3: "refused",
        4: "refused",
        5: "refused",
    }
    assert found[1]["outputs"] == {"token": "[redacted]", "broadcastStatus": 202}
    assert (found[2]["line"], found[2]["requests"]) == (3, 2)
    assert "minutesToExpire" in found[3]["reason"]
    assert "'hub' is missing" in found[4]["reason"]
    assert ended.code == 1
    assert f"row 5 ({file}:6): refused: it has 2 fields, and the first row names 4 columns" in ended.err
    assert "5 rows: 2 succeeded, 3 refused" in ended.err
    assert "tok-" not in ended.out + ended.err
    asked = " ".join(each.line for each in pubsub.asked)
    assert "minutesToExpire=5" in asked
    assert "minutesToExpire=60" in asked


@pytest.mark.shows_secrets
def test_secrets_are_shown_where_they_are_asked_for(
    arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path
) -> None:
    file = rows(tmp_path, "tok-aaaa,one,hi,5")
    ended = arazzo("run", reference, "--server", pubsub.url, "--each", file, "--show-secrets", "-q")
    assert "eyJ" in results(ended.out)[1]["outputs"]["token"]
    assert (ended.code, ended.err) == (0, "")


def test_what_is_given_for_all_rows_stands_below_them(
    arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path
) -> None:
    file = rows(tmp_path, '{"hub": "one"}', '{"hub": "two", "message": "mine"}', head="", name="rows.ndjson")
    shared = ("-i", "accessToken=tok-aaaa", "-i", "message=for all")
    ended = arazzo("run", reference, "--server", pubsub.url, "--each", file, *shared, "--concurrency", "1")
    assert ended.code == 0
    assert [each.body for each in pubsub.asked if each.body] == [b"for all", b"mine"]


@pytest.mark.parametrize(
    "content",
    [
        b'[{"accessToken": "tok-a", "hub": "h", "message": "m"}]',
        b'{"accessToken": "tok-a", "hub": "h", "message": "m"}',
        b"accessToken,hub,message\ntok-a,h,m\n",
    ],
)
def test_rows_come_through_standard_input_too(
    arazzo: Command, pubsub: Loopback, reference: str, content: bytes
) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--each", "-", stdin=content)
    assert (ended.code, list(results(ended.out))) == (0, [1])


def test_mocked_rows_send_nothing(arazzo: Command, reference: str, tmp_path: Path) -> None:
    ended = arazzo("run", reference, "--mock", "--each", rows(tmp_path, "one", "two", head="hub\n"))
    assert ended.code == 0
    assert {each["status"] for each in results(ended.out).values()} == {"succeeded"}


@pytest.mark.parametrize(
    ("head", "lines", "complaint"),
    [
        ("accessToken,hub\n", ["a,b"], "no column gives 'message', which each run needs"),
        ("hub,hub\n", ["a,b"], "columns 1 and 2 are both named 'hub'"),
        (ROWS, ["a,b,c,1", 'a,"b,c,1'], "rows.csv:3: a quote is opened"),
        ("", [], "is empty"),
    ],
)
def test_what_is_wrong_with_all_rows_is_told_before_anything_is_sent(
    arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path, head: str, lines: list[str], complaint: str
) -> None:
    ended = arazzo("run", reference, "--server", pubsub.url, "--each", rows(tmp_path, *lines, head=head))
    assert ended.code == 2
    assert complaint in ended.err
    assert ended.out == ""
    assert not pubsub.asked


def test_a_column_that_nobody_declares_is_told_once(
    arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path
) -> None:
    file = rows(tmp_path, "a,h,m,x", "a,h,m,y", head="accessToken,hub,message,userid\n")
    ended = arazzo("run", reference, "--server", pubsub.url, "--each", file)
    assert ended.code == 0
    assert ended.err.count("has no input 'userid'") == 1
    assert "did you mean 'userId'" in ended.err


def test_rows_that_end_in_the_middle_of_a_pipe_keep_what_was_done(
    arazzo: Command, pubsub: Loopback, reference: str
) -> None:
    content = b'accessToken,hub,message\ntok-a,h,m\ntok-b,"h,m\n'
    ended = arazzo("run", reference, "--server", pubsub.url, "--each", "-", stdin=content)
    assert ended.code == 3
    assert results(ended.out)[1]["status"] == "succeeded"
    assert "standard input:3: a quote is opened in this row and never closed" in ended.err
    assert "1 row: 1 succeeded" in ended.err


def test_a_run_is_gone_on_with(arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path) -> None:
    saved = tmp_path / "results.ndjson"
    command = ("run", reference, "--server", pubsub.url, "--each", rows(tmp_path, "a,h1,m,1", "a,h2,m,1", "a,h3,m,1"))
    assert arazzo(*command, "--results", str(saved)).code == 0
    lines = saved.read_text("ascii").splitlines(keepends=True)
    saved.write_text(lines[0] + lines[1] + lines[2][:40], "ascii")
    pubsub.asked.clear()
    ended = arazzo(*command, "--results", str(saved), "--resume", str(saved))
    assert ended.code == 0
    assert "a line was cut off" in ended.err
    assert "1 row: 1 succeeded" in ended.err
    assert "done earlier: 2 succeeded" in ended.err
    assert len(pubsub.asked) == 2
    assert sorted(results(saved.read_text("ascii"))) == [1, 2, 3]
    assert arazzo(*command, "--resume", str(saved)).out == ""


def test_earlier_failures_count_in_the_end(arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path) -> None:
    file = rows(tmp_path, "a,h1,m,1")
    pubsub.answer = lambda asked: Answer(500)
    saved = tmp_path / "results.ndjson"
    first = arazzo("run", reference, "--server", pubsub.url, "--each", file, "--results", str(saved))
    again = arazzo("run", reference, "--server", pubsub.url, "--each", file, "--resume", str(saved))
    assert (first.code, again.code) == (1, 1)
    assert re.search(r"row 1 \(.*rows.csv:2\): failed: .*generateToken", first.err)


@pytest.mark.parametrize("through", ["file", "pipe"])
def test_changed_rows_are_refused(
    arazzo: Command, pubsub: Loopback, reference: str, tmp_path: Path, through: str
) -> None:
    saved = tmp_path / "results.ndjson"
    file = rows(tmp_path, "a,h1,m,1", "a,h2,m,1")
    arazzo("run", reference, "--server", pubsub.url, "--each", file, "--results", str(saved))
    pubsub.asked.clear()
    changed = rows(tmp_path, "a,h1,m,1", "a,h9,m,1", "a,h3,m,1")
    where, stdin = (changed, b"") if through == "file" else ("-", Path(changed).read_bytes())
    ended = arazzo("run", reference, "--server", pubsub.url, "--each", where, "--resume", str(saved), stdin=stdin)
    assert "is another one than the row 2 that is done" in ended.err
    assert ended.code == (2 if through == "file" else 3)
    assert not pubsub.asked
    fewer = rows(tmp_path, "a,h1,m,1")
    ended = arazzo("run", reference, "--server", pubsub.url, "--each", fewer, "--resume", str(saved))
    assert ended.code == 2
    assert "row 2 is done" in ended.err


@pytest.mark.parametrize(
    ("flags", "complaint"),
    [
        (["--json"], "--json is for one run"),
        (["--dry-run"], "--dry-run is for one run"),
        (["--output", "token"], "--output is for one run"),
        (["--mock", "--scenario", "all"], "--scenario all"),
        (["--rate", "0"], "--rate"),
        (["--resume", "none.ndjson"], "can't be read"),
        (["--inputs", "-"], "standard input (-) is named twice"),
    ],
)
def test_flags_that_contradict_each_other_are_refused(
    arazzo: Command, reference: str, flags: list[str], complaint: str
) -> None:
    ended = arazzo("run", reference, "--each", "-", *flags, stdin=b"hub\nx\n")
    assert ended.code == 2
    assert complaint in ended.err

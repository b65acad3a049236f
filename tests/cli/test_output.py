import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from arazzo_runner.cli.output import MIN_WIDTH, PIPED_WIDTH, Outlet, has_colour, is_live, look, outlets, write_bytes
from arazzo_runner.reports.page import Verbosity
from tests.cli.invocation import Command


class Screen(io.StringIO):
    """A terminal in memory."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "colour"),
    [
        (Screen(), {}, True),
        (Screen(), {"TERM": "xterm"}, True),
        (Screen(), {"TERM": "dumb"}, False),
        (Screen(), {"NO_COLOR": "1"}, False),
        (Screen(), {"NO_COLOR": ""}, True),
        (Screen(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (Screen(), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": ""}, False),
    ],
)
def test_colour(stream: io.StringIO, environ: dict[str, str], colour: bool) -> None:
    assert has_colour(stream, environ) is colour
    assert look(stream, environ).colour is colour


def test_lines_are_redrawn_on_a_terminal_alone() -> None:
    assert is_live(Screen(), {})
    assert not is_live(Screen(), {"TERM": "dumb"})
    assert not is_live(io.StringIO(), {"FORCE_COLOR": "1"})


def test_the_width_is_that_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "63")
    assert look(Screen(), {}, Verbosity.QUIET).width == 63
    assert look(Screen(), {}, Verbosity.QUIET).verbosity is Verbosity.QUIET
    assert look(io.StringIO(), {}).width == PIPED_WIDTH
    monkeypatch.setenv("COLUMNS", "3")
    assert look(Screen(), {}).width == MIN_WIDTH


def test_an_outlet_without_a_reader_drops_what_comes() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        outlet = Outlet(stream)
        for _ in range(3):
            assert outlet.write("x" * 100_000) == 100_000
            outlet.flush()
        outlet.write_bytes(b"y" * 100_000)


def test_an_outlet_passes_on_what_it_gets(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        outlet = Outlet(stream)
        outlet.write("ü\n")
        outlet.write_bytes(b"\xff\n")
        outlet.write("z\n")
        outlet.flush()
        assert (outlet.encoding, outlet.isatty(), outlet.fileno()) == ("utf-8", False, stream.fileno())
        assert outlet.writable()
    assert (tmp_path / "out").read_bytes().split() == [b"\xc3\xbc", b"\xff", b"z"]


def test_any_other_fault_of_a_stream_is_raised() -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        Outlet(Full()).flush()


def test_what_is_piped_is_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    with outlets():
        sys.stdout.write("ü\ud800")
        write_bytes(sys.stdout, b"\xff")
    narrow.seek(0)
    assert narrow.buffer.read() == b"\xc3\xbc\\ud800\xff"
    assert sys.stdout is narrow


def test_what_is_written_on_a_closed_output_is_lost_and_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with outlets():
        sys.stdout.write("")
        sys.stdout.flush()
        with pytest.raises(OSError, match="standard output is closed"):
            print("nobody reads this")
        with pytest.raises(OSError, match="standard output is closed"):
            write_bytes(sys.stdout, b"nor this")
        assert not sys.stdout.isatty()
    assert sys.stdout is None


def test_where_nobody_is_told_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with outlets():
        print("nobody reads this", file=sys.stderr)
        made = sys.stderr
        assert isinstance(made, Outlet)
    made._stream.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes a stream")
@pytest.mark.parametrize("arguments", ["show FILE", "validate FILE --json", "run --help", "--version", "--help"])
def test_a_result_that_can_go_nowhere_is_3(project: Path, reference: str, arguments: str) -> None:
    command = f"{sys.executable} -m arazzo_runner {arguments.replace('FILE', reference)} >&-"
    done = subprocess.run(["sh", "-c", command], cwd=project, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (3, b"error: could not continue: standard output is closed\n")


def piped(project: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "arazzo_runner", *arguments],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("arguments", [["show"], ["validate", "--json"]])
def test_a_reader_that_goes_away_is_no_fault(project: Path, reference: str, arguments: list[str]) -> None:
    process = piped(project, *arguments, reference)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), told) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_3(project: Path, reference: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "arazzo_runner", "show", reference],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (3, b"error: could not continue: No space left on device\n")


def test_help_is_plain_without_a_terminal(arazzo: Command) -> None:
    assert "\x1b" not in arazzo("run", "--help").out

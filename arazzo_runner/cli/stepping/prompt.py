"""Lines that a person types, or that a script pipes in.

The prompt is written on standard error, and the line is read from standard input. At a terminal the line can be edited
and earlier ones fetched back, where Python has `readline`; nothing of that is kept after the run, as values may stand
in it. What a script pipes in is written behind the prompt, so that its transcript can be read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from arazzo_runner.errors import UsageError
from arazzo_runner.reports.escape import visible

NOBODY = "--step wants a person at a terminal, or commands on standard input, and there is neither"


class Prompt:
    """Reads commands.

    `words` are what can be completed with the tab key, `echo` is what a transcript may have of a line.
    """

    def __init__(self, words: Callable[[], Sequence[str]] = tuple, echo: Callable[[str], str] = str) -> None:
        self._words, self._echo = words, echo
        self._heard = False

    def read(self, label: str) -> str | None:
        """Return the next line, without its end; None at the end of the input.

        Raises:
            UsageError: there is no person, and nothing was ever piped in.
        """
        line = self._edited(label) if _can_edit() else self._plain(label)
        if line is None and not self._heard and not is_person():
            raise UsageError(NOBODY, "pipe the commands in, a line each: echo continue | arazzo run --step ...")
        self._heard = True
        return line

    def _plain(self, label: str) -> str | None:
        _tell(label)
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            line = "\ufffd\n"  # no text: it is told as an unknown command
        if not line:
            _tell("\n")
            return None
        line = line.rstrip("\r\n")
        if not sys.stdin.isatty():
            _tell(f"{visible(self._echo(line))}\n")
        return line

    def _edited(self, label: str) -> str | None:
        if sys.platform == "win32":  # its Python has no `readline`
            return self._plain(label)
        import readline

        readline.set_completer_delims(" ")
        readline.set_completer(self._completed)
        readline.parse_and_bind("tab: complete")
        ours, sys.stdout = sys.stdout, sys.__stdout__  # input() edits on the process's own streams alone
        try:
            return input(label)
        except EOFError:
            _tell("\n")
            return None
        finally:
            sys.stdout = ours
            readline.set_completer(None)

    def _completed(self, begun: str, number: int) -> str | None:
        fitting = [word for word in self._words() if word.startswith(begun)]
        return fitting[number] if number < len(fitting) else None


def is_person() -> bool:
    """Tell whether a person types at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def _can_edit() -> bool:
    streams = (sys.__stdin__, sys.__stdout__)
    if sys.stdin is not sys.__stdin__ or not all(stream is not None and stream.isatty() for stream in streams):
        return False
    try:
        import readline  # noqa: F401 -- only whether it is there: Windows has none
    except ImportError:
        return False
    return True


def _tell(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()

"""What a person can say where a run is held: the one table of commands, and how a line is read by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.expressions.grammar import Fault


class Word(Enum):
    """The commands; their values are how they are written."""

    NEXT = "next"
    OVER = "over"
    CONTINUE = "continue"
    UNTIL = "until"
    BREAK = "break"
    CLEAR = "clear"
    PRINT = "print"
    CHECK = "check"
    REQUEST = "request"
    RESPONSE = "response"
    SET = "set"
    SKIP = "skip"
    RETRY = "retry"
    WHERE = "where"
    STOP = "stop"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Entry:
    """A command in the table: its short form, what it takes (in brackets: if one likes), and what it does."""

    short: str
    takes: str
    told: str

    @property
    def needs(self) -> bool:
        """Whether something has to follow the command."""
        return bool(self.takes) and not self.takes.startswith("[")


TABLE: Final[dict[Word, Entry]] = {
    Word.NEXT: Entry("n", "", "go on to the next step, also into a called workflow (Enter does the same)"),
    Word.OVER: Entry("o", "", "go on past this step, with all that the workflow does which it calls"),
    Word.CONTINUE: Entry("c", "", "go on to the end, to a breakpoint, or to a failure that no action deals with"),
    Word.UNTIL: Entry("u", "STEP", "go on until that step is to begin"),
    Word.BREAK: Entry("b", "[STEP]", "set a breakpoint at a step, or list them"),
    Word.CLEAR: Entry("", "STEP", "take a breakpoint away"),
    Word.PRINT: Entry("p", "EXPRESSION", "show a value: $inputs.a, $steps.s.outputs.o, $response.body | $.items[0]"),
    Word.CHECK: Entry("k", "CONDITION", "judge a condition, and show the values of its operands"),
    Word.REQUEST: Entry("r", "[curl]", "show the request of this step in full, or as a command of curl"),
    Word.RESPONSE: Entry("a", "", "show the last answer in full"),
    Word.SET: Entry("s", "TARGET = JSON", "change $inputs.a, $steps.s.outputs.o, a parameter, $request.body#/a ..."),
    Word.SKIP: Entry("", "[JSON]", "take the step as done; an object gives its outputs"),
    Word.RETRY: Entry("", "", "try a failed step again, whatever its actions say"),
    Word.WHERE: Entry("w", "", "list the steps of the workflow, and where the run is"),
    Word.STOP: Entry("q", "", "end the run here (Ctrl-D and Ctrl-C do the same)"),
    Word.HELP: Entry("h", "", "show this"),
}
"""The commands in the order in which `help` shows them."""

_OTHER = {
    "?": Word.HELP,
    "quit": Word.STOP,
    "exit": Word.STOP,
    "step": Word.NEXT,
    "list": Word.WHERE,
    "eval": Word.PRINT,
}


@dataclass(frozen=True, slots=True)
class Order:
    """A line that was understood: the command, what follows it, and where that begins in the line."""

    word: Word
    argument: str = ""
    begins: int = 0


def read_order(line: str) -> Order | Fault:
    """Read a line; an empty one goes on, and one that begins with ``$`` is an expression to show."""
    text = line.strip()
    lead = len(line) - len(line.lstrip())
    if not text:
        return Order(Word.NEXT)
    if text.startswith("$"):
        return Order(Word.PRINT, text, lead)
    name, _, rest = text.partition(" ")
    argument = rest.strip()
    word = _named(name)
    if word is None:
        known = [each.value for each in TABLE]
        return Fault(f"there is no command '{name}'", lead, f"{did_you_mean(name, known)} ('help' tells of all)")
    entry = TABLE[word]
    if entry.needs and not argument:
        return Fault(f"'{word.value}' needs something to follow", lead + len(name), f"{word.value} {entry.takes}")
    if argument and not entry.takes:
        begins = lead + len(text) - len(argument)
        return Fault(f"nothing follows '{word.value}'", begins, f"'{word.value}' alone: {entry.told}")
    return Order(word, argument, lead + (len(text) - len(argument) if argument else 0))


def _named(name: str) -> Word | None:
    """Return the command of that name: whole, in its short form, or as much of it as no other begins with."""
    lower = name.lower()
    if lower in _OTHER:
        return _OTHER[lower]
    for word, entry in TABLE.items():
        if lower in (word.value, entry.short):
            return word
    begun = [word for word in TABLE if len(lower) > 1 and word.value.startswith(lower)]
    return begun[0] if len(begun) == 1 else None

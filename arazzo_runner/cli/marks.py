"""What a field of a command says of itself: which flag or argument of the command line it is.

These are the words of `typer.Option` and `typer.Argument`, which are made of them when typer reads the line or shows
help (`commands`). Most lines are plain and need no typer, whose import takes longer than to judge a document
(`plain_lines`).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """The names of a flag (an argument has none), and what else is said of it, in the words of typer.

    `autocompletion` is written ``module:function``, and imported when a shell asks.
    """

    names: tuple[str, ...]
    settings: dict[str, Any]
    is_argument: bool = False

    def words(self) -> dict[str, Any]:
        """Return the settings as typer takes them."""
        completion = self.settings.get("autocompletion")
        if completion is None:
            return self.settings
        module, _, name = completion.partition(":")
        return {**self.settings, "autocompletion": getattr(import_module(module), name)}


def option(*names: str, **settings: Any) -> Mark:
    """Return the mark of a flag, with its names as they are typed."""
    return Mark(names, settings)


def argument(**settings: Any) -> Mark:
    """Return the mark of an argument that has no flag."""
    return Mark((), settings, is_argument=True)

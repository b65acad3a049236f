"""The rules: one file each, with a function `check(subject)` and a docstring What, Why, Example, Instead.

The folder is the list: a new file is a new rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeAlias

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.validate.subject import Subject

Rule: TypeAlias = Callable[[Subject], Iterable[Diagnostic]]


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return every rule of the folder, in the order of the file names."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").check for name in names)

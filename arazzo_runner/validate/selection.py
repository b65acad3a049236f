"""Which findings are wanted, by their codes: a code, or the beginning of one up to a hyphen, such as its family."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from arazzo_runner.diagnostics import Diagnostic


def is_meant(code: str, names: Iterable[str]) -> bool:
    """Tell whether one of the names means a code: ``structure`` and ``structure-empty`` mean ``structure-empty-list``.

    A ``*`` or a hyphen at the end of a name changes nothing.
    """
    return any(code == name or code.startswith(f"{name}-") for name in map(_plain, names))


def _plain(name: str) -> str:
    return name.strip().rstrip("*").rstrip("-")


def selected(
    found: Iterable[Diagnostic], select: Collection[str] = (), ignore: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """Yield the findings whose codes are selected (none given: all) and not ignored."""
    for one in found:
        if (not select or is_meant(one.code, select)) and not is_meant(one.code, ignore):
            yield one

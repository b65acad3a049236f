"""What the data of a document must be once changes are made: what the text is held against afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from arazzo_runner.diagnostics import Change, Removal, Rename, Splice
from arazzo_runner.values import JSON, Path


class Unfit(Exception):
    """The changes do not fit the data, or each other."""


def expected(data: JSON, changes: Iterable[Change]) -> JSON:
    """Return the data with the changes made; those that are equal are made once, and the data itself stays as it is.

    Raises:
        Unfit: a path leads to no string or member, or two changes of one string overlap.
    """
    wanted = list(dict.fromkeys(changes))
    splices: dict[Path, list[Splice]] = {}
    for change in wanted:
        if isinstance(change, Splice):
            splices.setdefault(change.at, []).append(change)
    for at, parts in splices.items():
        data = _put(data, at, _spliced(_at(data, at), parts))
    # The longest paths first: what stands below a key that changes is found by the old one.
    for change in sorted(wanted, key=lambda one: len(one.at), reverse=True):
        if isinstance(change, Rename | Removal):
            data = _member_changed(data, change)
    return data


def _spliced(value: JSON, parts: list[Splice]) -> str:
    if not isinstance(value, str):
        raise Unfit("no string stands there")
    limit = len(value)
    for part in sorted(parts, key=lambda one: (one.start, one.end), reverse=True):
        if not 0 <= part.start <= part.end <= limit:
            raise Unfit("two changes of one string overlap")
        value = value[: part.start] + part.text + value[part.end :]
        limit = part.start
    return value


def _member_changed(data: JSON, change: Rename | Removal) -> JSON:
    name, parent = change.at[-1], _at(data, change.at[:-1])
    if not isinstance(parent, dict) or name not in parent:
        raise Unfit("no member stands there")
    if isinstance(change, Removal):
        kept: JSON = {key: member for key, member in parent.items() if key != name}
    elif change.key in parent:
        raise Unfit("the name is taken")
    else:
        kept = {change.key if key == name else key: member for key, member in parent.items()}
    return _put(data, change.at[:-1], kept)


def _at(data: JSON, at: Path) -> JSON:
    for token in at:
        match data, token:
            case dict(), str() if token in data:
                data = data[token]
            case list(), int() if 0 <= token < len(data):
                data = data[token]
            case _:
                raise Unfit("nothing stands there")
    return data


def _put(data: JSON, at: Path, value: JSON) -> JSON:
    """Return the data with a value in one place; what leads there is copied, the rest shared."""
    if not at:
        return value
    token, below = at[0], at[1:]
    match data, token:
        case dict(), str():
            return {**data, token: _put(data[token], below, value)}
        case list(), int():
            return [*data[:token], _put(data[token], below, value), *data[token + 1 :]]
    raise Unfit("nothing stands there")

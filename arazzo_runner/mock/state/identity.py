"""How an item is known in a body: where it stands, and which of its members is the id that its path has.

An id travels as text in a path and may stand as a number in a body: both are one id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from arazzo_runner.mock.limits import MAX_REMEMBERED_ID
from arazzo_runner.values import JSON, Path, Value

_LETTERS: Final = re.compile(r"[^a-z0-9]")
_TELLING: Final = ("username", "name", "slug", "key", "uuid", "guid", "code", "number", "sid", "email", "token")
_STRONG: Final = ("uuid", "guid", "sid")
_WEAK: Final = ("key", "slug", "number", "code", "name")
_WRAPPERS: Final = frozenset(
    ("data", "result", "results", "item", "items", "record", "records", "resource", "resources", "response", "payload",
     "object", "entity", "content", "value", "values", "list", "body", "embedded", "rows", "entries", "elements")
)  # fmt: skip
_BESIDE: Final = frozenset(("meta", "links", "included", "jsonapi"))
_MAX_WRAPPED: Final = 2
_HEX: Final = re.compile(r"(?=[0-9a-f]*[0-9])[0-9a-f]{4,}$")
_DIGITS: Final = re.compile(r"[0-9]+$")
_MAX_FRESH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Names:
    """What members are called that can hold the id of an item, the likeliest first, and what may wrap the item.

    `own` are those that are sure to hold what stands in the path.
    """

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    own: frozenset[str] = frozenset()
    wrappers: frozenset[str] = _WRAPPERS


def names_of(variables: Sequence[str], collection: str) -> Names:
    """Return the names for the items of a collection, whose paths call the id by `variables`."""
    own = [folded(variable) for variable in variables]
    suffixes = [suffix for name in own for suffix in _TELLING if name.endswith(suffix)]
    singular = folded(singular_of(collection))
    strong = dict.fromkeys((*own, *suffixes, "id", f"{singular}id", *_STRONG))
    weak = tuple(name for name in _WEAK if name not in strong)
    sure = {"id", f"{singular}id"} if any(name.endswith("id") for name in own) else set()
    return Names(tuple(strong), weak, frozenset(own) | sure, _WRAPPERS | {folded(collection), singular})


def folded(name: str) -> str:
    """Return a name without case and signs: `petId`, `pet_id` and `PetID` are one."""
    return _LETTERS.sub("", name.lower())


def singular_of(name: str) -> str:
    """Return the singular of an English word, roughly."""
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def text_of(value: Value) -> str | None:
    """Return an id as it stands in a path; None where the value is none."""
    match value:
        case bool() | None:
            return None
        case str():
            return value if 0 < len(value) <= MAX_REMEMBERED_ID else None
        case int():
            return str(value)
        case float() if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        case _:
            return None


def id_member(item: JSON, names: Names, *, weak: bool = True) -> str | None:
    """Return the name of the member that holds the id; None where there is none."""
    return next(_id_members(item, (*names.strong, *(names.weak if weak else ()))), None)


def _id_members(item: JSON, wanted: Sequence[str]) -> Iterator[str]:
    if not isinstance(item, dict):
        return
    known = {folded(name): name for name, value in reversed(item.items()) if text_of(value) is not None}  # type: ignore[arg-type]  # JSON is a Value
    yield from (known[name] for name in wanted if name in known)


def id_of_path(item: JSON, names: Names) -> str | None:
    """Return the name of the member that holds the very text of the path; None where none is sure to."""
    name = id_member(item, names, weak=False)
    return name if name is not None and folded(name) in names.own else None


def in_type_of(value: JSON, id: str) -> JSON:
    """Return the id of a path in the type that a body has it in; the value itself where that can't be."""
    if isinstance(value, str):
        return id
    is_number = isinstance(value, int | float) and len(id) < 19 and id.isascii() and id.isdecimal()
    return int(id) if is_number and str(int(id)) == id else value


def ids_of(item: JSON, names: Names) -> tuple[str, ...]:
    """Return the ids of an item: the one that its path has first, then others that may stand for it."""
    found = list(_id_members(item, names.strong)) or list(_id_members(item, names.weak))[:1]
    assert isinstance(item, dict) or not found, "only objects have members"
    texts = (text_of(item[name]) for name in found)  # type: ignore[arg-type,call-overload,index]  # JSON is a Value
    return tuple(dict.fromkeys(text for text in texts if text is not None))


def place_of(body: JSON, names: Names) -> Path | None:
    """Return where the item stands in a body: at the top, or in an object that wraps it; None where there is none."""
    if not isinstance(body, dict):
        return None
    places = list(_objects(body, names, ()))
    for weak in (False, True):
        for path, found in places:
            if id_member(found, names, weak=weak) is not None:
                return path
    return places[-1][0] if len(places) > 1 and len(body) == 1 else ()


def _objects(body: dict[str, JSON], names: Names, path: Path) -> Iterator[tuple[Path, dict[str, JSON]]]:
    yield path, body
    if len(path) >= _MAX_WRAPPED:
        return
    for name, value in body.items():
        if isinstance(value, dict) and (folded(name) in names.wrappers or len(body) == 1):
            yield from _objects(value, names, (*path, name))


def list_place(body: JSON, names: Names) -> Path | None:
    """Return where the list of items stands in a body; None where there is none."""
    if isinstance(body, list):
        return ()
    found = sorted(_lists(body, names, ()), key=lambda each: each[0])
    return found[0][1] if found else None


def _lists(body: JSON, names: Names, path: Path) -> Iterator[tuple[tuple[bool, bool, int], Path]]:
    if not isinstance(body, dict) or len(path) > _MAX_WRAPPED:
        return
    for name, value in body.items():
        named = folded(name) in names.wrappers
        if isinstance(value, list) and all(isinstance(each, dict) for each in value) and (value or named):
            yield (not named, not value, len(path)), (*path, name)
        elif isinstance(value, dict) and (named or len(body) == 1):
            yield from _lists(value, names, (*path, name))


def unwrapped(sent: JSON, names: Names, beside: JSON) -> JSON:
    """Return what was sent of an item, without an object that only wraps it.

    `beside` is the item as it is answered: what is a member of it wraps nothing.
    """
    if not isinstance(sent, dict):
        return sent
    inner = [name for name in sent if folded(name) not in _BESIDE]
    if len(inner) != 1 or folded(inner[0]) not in names.wrappers:
        return sent
    found = sent[inner[0]]
    return sent if not isinstance(found, dict) or (isinstance(beside, dict) and inner[0] in beside) else found


def fresh(id: JSON, taken: Callable[[str], bool]) -> JSON:
    """Return an id like another one that is not taken: the next number, or the next text of its kind."""
    candidates = _numbers(id) if isinstance(id, int) else _texts(str(id))
    return next((one for one in candidates if not taken(str(one))), id)


def _numbers(id: int) -> Iterator[int]:
    yield from range(id, id + _MAX_FRESH)


def _texts(id: str) -> Iterator[str]:
    yield id
    for pattern, kind, base in ((_HEX, "x", 16), (_DIGITS, "d", 10)):
        tail = pattern.search(id)
        if tail is not None:
            head, width = id[: tail.start()], len(tail[0])
            first, end = int(tail[0], base) + 1, base**width
            yield from (f"{head}{number:0{width}{kind}}" for number in range(first, min(end, first + _MAX_FRESH)))
    yield from (f"{id}-{number}" for number in range(2, _MAX_FRESH))

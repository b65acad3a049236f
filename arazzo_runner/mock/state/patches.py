"""Changes of an item: JSON Merge Patch (RFC 7396) and the plain operations of JSON Patch (RFC 6902)."""

from __future__ import annotations

from typing import Final

from arazzo_runner.values import JSON

_MAX_OPERATIONS: Final = 1_000
_MAX_DEPTH: Final = 64


def merged(target: JSON, patch: JSON, depth: int = 0) -> JSON:
    """Return a value with a merge patch applied: members are put in, those that are null taken out."""
    if not isinstance(patch, dict) or depth > _MAX_DEPTH:
        return patch
    found = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = merged(found.get(name), value, depth + 1)
    return found


def is_patch(sent: JSON) -> bool:
    """Tell whether a value is a list of operations of JSON Patch."""
    return isinstance(sent, list) and bool(sent) and all(isinstance(each, dict) and "op" in each for each in sent)


def patched(target: dict[str, JSON], operations: list[JSON]) -> dict[str, JSON]:
    """Return an object with `add`, `replace` and `remove` done on members; other operations are passed over."""
    found: JSON = target
    for operation in operations[:_MAX_OPERATIONS]:
        if isinstance(operation, dict) and isinstance(path := operation.get("path"), str) and path.startswith("/"):
            tokens = [token.replace("~1", "/").replace("~0", "~") for token in path[1:].split("/")]
            if len(tokens) <= _MAX_DEPTH:
                found = _done(found, tokens, operation)
    return found if isinstance(found, dict) else target


def _done(target: JSON, tokens: list[str], operation: dict[str, JSON]) -> JSON:
    """Return a value with one operation done below it; the value itself where its path leads nowhere."""
    head, rest = tokens[0], tokens[1:]
    if rest:
        return _inside(target, head, rest, operation)
    match target:
        case dict():
            kept = {name: value for name, value in target.items() if name != head}
            match operation.get("op"):
                case "add" | "replace" if "value" in operation:
                    return {**target, head: operation["value"]}
                case "remove":
                    return kept
        case list():
            return _in_list(target, head, operation)
    return target


def _inside(target: JSON, head: str, rest: list[str], operation: dict[str, JSON]) -> JSON:
    if isinstance(target, dict) and head in target:
        return {**target, head: _done(target[head], rest, operation)}
    if isinstance(target, list) and _is_index(head, len(target)):
        index = int(head)
        return [*target[:index], _done(target[index], rest, operation), *target[index + 1 :]]
    return target


def _in_list(target: list[JSON], head: str, operation: dict[str, JSON]) -> JSON:
    value = [operation["value"]] if "value" in operation else []
    match operation.get("op"):
        case "add" if head == "-":
            return [*target, *value]
        case "add" if _is_index(head, len(target) + 1):
            return [*target[: int(head)], *value, *target[int(head) :]]
        case "replace" if _is_index(head, len(target)) and value:
            return [*target[: int(head)], *value, *target[int(head) + 1 :]]
        case "remove" if _is_index(head, len(target)):
            return [*target[: int(head)], *target[int(head) + 1 :]]
    return target


def _is_index(text: str, length: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7 and int(text) < length

"""A line of a journal: a record as JSON, with each long body once in the file, however often it is told."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final, cast

from arazzo_runner.journal.codec import Undecodable, decode, encode
from arazzo_runner.journal.records import Line
from arazzo_runner.values import JSON

WORTH_SHARING: Final = 200
"""Characters of a body that is written once and meant by its number afterwards."""

_BODIES: Final = ("$text", "$base64")


class Pen:
    """Writes the lines of one journal, and knows the bodies that it has written."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}

    def line(self, record: Line) -> bytes:
        """Return the line for a record, with its line break."""
        return json.dumps(self._shared(encode(record)), separators=(",", ":")).encode("ascii") + b"\n"

    def _shared(self, data: JSON) -> JSON:
        match data:
            case list():
                return [self._shared(item) for item in data]
            case dict() if len(data) == 1:
                (name, member), *_ = data.items()
                if name == "$object" and isinstance(member, dict):
                    return {name: {key: self._shared(one) for key, one in member.items()}}
                if name in _BODIES and isinstance(member, str) and len(member) > WORTH_SHARING:
                    return self._body(data, name + member)
                return {name: self._shared(member)}
            case dict():
                return {name: self._shared(member) for name, member in data.items()}
        return data

    def _body(self, data: dict[str, JSON], text: str) -> JSON:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        number = self._numbers.get(digest)
        if number is not None:
            return {"$body": [number]}
        self._numbers[digest] = len(self._numbers) + 1
        return {"$body": [len(self._numbers), data]}


class Eye:
    """Reads the lines of one journal, and knows the bodies that it has seen."""

    def __init__(self) -> None:
        self._bodies: dict[int, JSON] = {}

    def record(self, line: bytes) -> Line:
        """Return the record of a line.

        Raises:
            Undecodable: it holds none.
        """
        try:
            return self._decoded(json.loads(line))
        except RecursionError:
            raise Undecodable("it is nested too deeply") from None
        except UnicodeDecodeError:
            raise Undecodable("it is no UTF-8") from None
        except json.JSONDecodeError as fault:
            raise Undecodable(f"it is no JSON: {fault.msg}, at character {fault.pos + 1}") from None
        except Undecodable:
            raise
        except ValueError:  # Python reads no integer of thousands of digits
            raise Undecodable("a number in it is too long") from None

    def _decoded(self, data: Any) -> Line:
        kind = cast("type[Any]", Line)
        record: Line = decode(kind, self._whole(data))
        return record

    def _whole(self, data: Any) -> JSON:
        match data:
            case list():
                return [self._whole(item) for item in data]
            case {"$body": [int(number), *rest]} if len(data) == 1:
                if rest:
                    self._bodies[number] = rest[0]
                if number not in self._bodies:
                    raise Undecodable(f"there is no body {number} before it")
                return self._bodies[number]
            case {"$object": dict() as members} if len(data) == 1:
                return {"$object": {name: self._whole(member) for name, member in members.items()}}
            case dict():
                return {name: self._whole(member) for name, member in data.items()}
        whole: JSON = data
        return whole

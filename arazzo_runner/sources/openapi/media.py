"""Media types: their parts, their families, and which one a request body is sent as (RFC 9110, section 8.3).

The choice (BOD-02, P17): as the step says; else as the operation declares: application/json, else the first that
ends in +json, else the first; else by the payload. A range is never sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable
from arazzo_runner.sources.operations import MediaType, OperationBody
from arazzo_runner.values import Value

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_QUOTED = r'"(?:[^"\\\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]|\\[\t -~])*"'
# Blanks are only ever matched after something else, so that there is one way to match them.
_PARAMETER = re.compile(rf";[ \t]*(?:({_TOKEN})=({_QUOTED}|{_TOKEN})[ \t]*)?")
_MEDIA_TYPE = re.compile(rf"{_TOKEN}/{_TOKEN}[ \t]*(?:{_PARAMETER.pattern})*")

_SEQUENCES = frozenset(
    {"application/jsonl", "application/x-jsonl", "application/json-lines", "application/jsonlines"}
    | {"application/x-jsonlines", "application/ndjson", "application/x-ndjson", "application/x-json-stream"}
)


@dataclass(frozen=True, slots=True)
class ContentType:
    """The Content-Type of a request body, as it is sent; `remarks` tell where it is not what was written."""

    value: str
    remarks: tuple[Remark, ...] = ()


def essence(content_type: str) -> str:
    """Return the media type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def parameter(content_type: str, name: str) -> str | None:
    """Return a parameter of the content type, unquoted, or None: `charset`, `boundary`."""
    _, semicolon, rest = content_type.partition(";")
    for found in _PARAMETER.finditer(semicolon + rest):
        if found[1] is not None and found[1].lower() == name:
            value = found[2]
            return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
    return None


def encoded(text: str, content_type: str, default: str = "utf-8") -> bytes | Unserialisable:
    """Write text in the charset that the content type names, else in the default one."""
    charset = parameter(content_type, "charset") or default
    try:
        return text.encode(charset)
    except UnicodeEncodeError as fault:
        return Unserialisable(f"{text[fault.start]!r} can't be written in the charset {charset}")
    except (LookupError, ValueError):
        return Unserialisable(f"'{charset}' is no charset that is known")


def is_json(content_type: str) -> bool:
    """Tell whether content of this type is one JSON text (RFC 6839: `+json`)."""
    name = essence(content_type)
    return name in ("application/json", "text/json") or name.endswith("+json")


def is_json_sequence(content_type: str) -> bool:
    """Tell whether content of this type is JSON texts behind record separators (RFC 7464, RFC 8091)."""
    name = essence(content_type)
    return name == "application/json-seq" or name.endswith("+json-seq")


def is_json_lines(content_type: str) -> bool:
    """Tell whether content of this type is one JSON text a line."""
    return essence(content_type) in _SEQUENCES


def is_event_stream(content_type: str) -> bool:
    """Tell whether content of this type is server-sent events."""
    return essence(content_type) == "text/event-stream"


def is_xml(content_type: str) -> bool:
    """Tell whether content of this type is XML (RFC 7303)."""
    name = essence(content_type)
    return name in ("application/xml", "text/xml") or name.endswith("+xml")


def is_yaml(content_type: str) -> bool:
    """Tell whether content of this type is YAML (RFC 9512), of which JSON is a part."""
    name = essence(content_type)
    return name in ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml") or name.endswith("+yaml")


def is_multipart(content_type: str) -> bool:
    """Tell whether content of this type has parts (RFC 2046)."""
    return essence(content_type).startswith("multipart/")


def is_range(content_type: str) -> bool:
    """Tell whether this names a range, which no message can have: `*/*`, `text/*`, `application/*+json`."""
    return "*" in essence(content_type)


def is_media_type(content_type: str) -> bool:
    """Tell whether the text can stand in a Content-Type header (RFC 9110, section 8.3.1)."""
    return _MEDIA_TYPE.fullmatch(content_type) is not None


def within(content_type: str, wanted: str) -> bool:
    """Tell whether a media type is one of a range, or the same: `application/vnd.x+json` in `application/*+json`."""
    pattern = re.escape(essence(wanted)).replace(r"\*", ".*")
    return re.fullmatch(pattern, essence(content_type)) is not None


def is_json_text(text: str) -> bool:
    """Tell whether the text parses as JSON (RFC 8259; NaN and Infinity do not)."""
    try:
        json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return False
    return True


def _no_constant(name: str) -> None:
    raise ValueError(name)


def accept(declared: Iterable[str]) -> str:
    """Return the value of an Accept header from the media types of an operation's answers: each once, in their order.

    What is no media type, and could break the header, is passed over.
    """
    return ", ".join(dict.fromkeys(name.strip() for name in declared if is_media_type(name.strip())))


def media_for(declared: OperationBody | None, content_type: str) -> MediaType | None:
    """Return the Media Type Object that describes content of this type: the most specific one (OpenAPI 3.2, 4.13)."""
    fitting = [media for name, media in (declared.content if declared else {}).items() if within(content_type, name)]
    return min(fitting, key=lambda media: media.name.count("*") * 100 - len(media.name), default=None)


def choose_content_type(
    given: str | None, declared: OperationBody | None, payload: Value
) -> ContentType | Unserialisable:
    """Decide the Content-Type of a request body (BOD-02, P17).

    `given` is `requestBody.contentType` of the step, sent as it is unless it is a range.
    """
    if given is not None and not is_range(given):
        sane = is_media_type(given.strip())
        return ContentType(given.strip()) if sane else Unserialisable(f"'{given}' is no media type")
    meant = meant_by_range("*/*" if given is None else given, declared)
    chosen = meant or _by_payload(payload)
    return ContentType(chosen, _range_remark(given, declared, chosen, meant is not None))


def meant_by_range(given: str, declared: OperationBody | None) -> str | None:
    """Return the media type of the operation that a range stands for (P17); None where the payload has to decide."""
    offered = [name for name in (declared.content if declared else {}) if is_media_type(name) and not is_range(name)]
    return _preferred([name for name in offered if within(name, given)] or offered)


def _preferred(offered: list[str]) -> str | None:
    exact = [name for name in offered if essence(name) == "application/json"]
    suffixed = [name for name in offered if essence(name).endswith("+json")]
    return next(iter(exact + suffixed + offered), None)


def _by_payload(payload: Value) -> str:
    match payload:
        case str():
            return "text/plain"
        case bytes():
            return "application/octet-stream"
        case _:
            return "application/json"


def _range_remark(given: str | None, declared: OperationBody | None, chosen: str, offered: bool) -> tuple[Remark, ...]:
    if given is not None:
        message = f"contentType '{given}' is a range of media types, which can't be sent: '{chosen}' was sent instead"
    elif declared is not None and declared.content and not offered:
        names = ", ".join(f"'{name}'" for name in declared.content)
        message = f"the operation declares {names}, which can't be sent: '{chosen}' was sent, after the payload"
    else:
        return ()
    return (Remark("body-content-type-range", message),)

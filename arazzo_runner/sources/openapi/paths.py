"""Path templates filled in (OpenAPI 3.2, Paths Object: Path Templating; RFC 3986, section 3.3).

SEC-07: no value leaves its segment. A slash in a value travels as `%2F`. A segment that a value turns into `.` or
`..` is refused, because no spelling of it is safe: browsers' URL parsers and many servers take `%2E%2E` for `..` too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from arazzo_runner.sources.openapi.percent import literal_path, whole_query
from arazzo_runner.sources.openapi.scalars import Unserialisable

_EXPRESSION = re.compile(r"\{([^{}]*)\}")


def template_names(template: str) -> tuple[str, ...]:
    """Return the names in braces of a path template, in order, each once."""
    return tuple(dict.fromkeys(_EXPRESSION.findall(template)))


def expand_path(template: str, segments: Mapping[str, str]) -> str | Unserialisable:
    """Fill a path template with encoded values, several in a segment if need be.

    `segments` holds what `parameters.serialise` gave for each path parameter. Literal text stays as it is; what can't
    stand in a URL is percent-encoded; a `?` in it begins a query, and a `#` ends the path, since no request has a
    fragment. `{+name}`, `{name+}` and `{name*}`, the ways of gateways, are filled with `name`.
    """
    template = template.partition("#")[0]
    filled = {name: _segment(name, segments) for name in template_names(template)}
    missing = [f"'{name}'" for name, text in filled.items() if text is None]
    if missing:
        return Unserialisable(f"the path {template} needs a value for {', '.join(missing)}")
    path, mark, query = template.partition("?")
    for segment in path.split("/"):
        whole = unquote(_fill(segment, filled))
        if "{" in segment and whole in (".", ".."):
            return Unserialisable(f"a value can't make '{whole}' of the segment {segment} of the path {template}")
    return _fill(path, filled) + mark + _fill(query, filled, query=True)


def _segment(name: str, segments: Mapping[str, str]) -> str | None:
    return segments.get(name, segments.get(name.strip(" +*")))


def _fill(template: str, filled: Mapping[str, str | None], *, query: bool = False) -> str:
    literal = whole_query if query else literal_path
    pieces = _EXPRESSION.split(template)
    return "".join((filled[piece] or "") if index % 2 else literal(piece) for index, piece in enumerate(pieces))

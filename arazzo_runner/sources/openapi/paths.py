"""Path templates filled in (OpenAPI 3.2, Paths Object: Path Templating; RFC 3986, section 3.3).

SEC-07: no value leaves its segment. A slash in a value travels as `%2F`. A segment that a value turns into `.` or
`..` is refused, because no spelling of it is safe: browsers' URL parsers and many servers take `%2E%2E` for `..` too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from arazzo_runner.sources.openapi.percent import literal_path, whole_query
from arazzo_runner.sources.openapi.scalars import Unserialisable

KEPT_TEMPLATES: Final = 4_096
"""Path templates, and segments of them, that stay encoded."""

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
        if "{" in segment and (whole := unquote(_fill(segment, filled))) in (".", ".."):
            return Unserialisable(f"a value can't make '{whole}' of the segment {segment} of the path {template}")
    return _fill(path, filled) + mark + _fill(query, filled, query=True)


def _segment(name: str, segments: Mapping[str, str]) -> str | None:
    return segments.get(name, segments.get(name.strip(" +*")))


def _fill(template: str, filled: Mapping[str, str | None], *, query: bool = False) -> str:
    pieces = _pieces(template, query=query)
    return "".join([(filled[piece] or "") if index % 2 else piece for index, piece in enumerate(pieces)])


@lru_cache(maxsize=KEPT_TEMPLATES)
def _pieces(template: str, *, query: bool) -> tuple[str, ...]:
    """Return the text of a template, encoded, and the names in it, in turns: the same for each of its requests."""
    literal = whole_query if query else literal_path
    pieces = _EXPRESSION.split(template)
    return tuple(piece if index % 2 else literal(piece) for index, piece in enumerate(pieces))

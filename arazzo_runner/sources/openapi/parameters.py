"""A parameter's value as it goes on the wire (OpenAPI 3.2, Parameter Object; Arazzo 1.1, Parameter Object).

Null is left out of query, header and cookie and refused in a path (PAR-23). An empty array or object is left out
too; where `allowEmptyValue` is set, it goes as `name=`. An empty string is a value and always sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from arazzo_runner.sources.openapi import media, percent, urlencoded
from arazzo_runner.sources.openapi.bodies import Text, text_of
from arazzo_runner.sources.openapi.headers import cookie_pair, header_text, refused_header
from arazzo_runner.sources.openapi.percent import Encoder
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable, encodable, scalar_text
from arazzo_runner.sources.openapi.styles import DEFAULT_STYLES, STYLES, Pieces, Place, expand, permitted
from arazzo_runner.sources.operations import OperationParameter
from arazzo_runner.values import Value, kind


@dataclass(frozen=True, slots=True)
class Serialised:
    """A parameter, encoded, in the pieces that its location wants; no pieces: nothing is sent.

    path: one piece, what takes the place of `{name}`. query: `name=value` pieces. header: one piece, the value.
    cookie: `name=value` pieces. querystring: one piece, the whole query.
    """

    pieces: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def undeclared(name: str, location: str) -> OperationParameter:
    """Return the declaration that stands in for a parameter which the operation does not declare (P16).

    OpenAPI's defaults, but a cookie goes as it is given: it mostly comes from a `Set-Cookie` as it stands.
    """
    style = "cookie" if location == "cookie" else DEFAULT_STYLES.get(location, "form")
    return OperationParameter(name, location, style=style, explode=style in ("form", "cookie"))


def serialise(
    parameter: OperationParameter, value: Value, *, from_whole_expression: bool = False
) -> Serialised | Unserialisable:
    """Encode a parameter's value by its location, style and content.

    `from_whole_expression` matters to a parameter with JSON `content` only: a string that an expression gave is a
    JSON string, while a string of the document that holds JSON is that JSON (BOD-08). The reason of an
    `Unserialisable` names the parameter.
    """
    done = _serialise(parameter, value, from_whole_expression)
    if isinstance(done, Unserialisable):
        return Unserialisable(f"{parameter.location} parameter '{parameter.name}': {done.reason}")
    return done


def query_string(pieces: Iterable[str]) -> str:
    """Join the query pieces of a request, in their order."""
    return "&".join(pieces)


def cookie_header(pieces: Iterable[str]) -> str:
    """Join the cookie pieces of a request into the value of its one Cookie header (PAR-19)."""
    return "; ".join(pieces)


def _serialise(parameter: OperationParameter, value: Value, whole: bool) -> Serialised | Unserialisable:
    unfit = encodable(parameter.name)
    if isinstance(unfit, Unserialisable):
        return unfit
    match parameter.location:
        case "path":
            return _path(parameter, value, whole)
        case "query":
            return _query(parameter, value, whole)
        case "header":
            return _header(parameter, value, whole)
        case "cookie":
            return _cookie(parameter, value, whole)
        case "querystring":
            return _whole_query(parameter, value)
    return Unserialisable(f"'{parameter.location}' is no location that a request has")


def _path(parameter: OperationParameter, value: Value, whole: bool) -> Serialised | Unserialisable:
    if value is None:
        return Unserialisable("null can't stand in a path")
    done = _expand(parameter, value, _encoder(parameter, percent.PATH_RESERVED), whole)
    if isinstance(done, Unserialisable):
        return done
    style = STYLES[_style(parameter)]
    text = style.first + style.separator.join(done.pieces) if done.pieces else ""
    if parameter.content is not None:
        text = "".join(done.pieces)
    if text:
        return Serialised((text,), done.remarks)
    message = f"path parameter '{parameter.name}' is empty: the request may reach another operation"
    return Serialised(("",), (*done.remarks, Remark("parameter-empty-path", message)))


def _query(parameter: OperationParameter, value: Value, whole: bool) -> Serialised | Unserialisable:
    done = _expand(parameter, value, _encoder(parameter, percent.QUERY_RESERVED), whole)
    if isinstance(done, Unserialisable):
        return done
    if not done.pieces and parameter.allow_empty_value and value is not None:
        return Serialised((percent.unreserved(parameter.name) + "=",), done.remarks)
    return Serialised(done.pieces, done.remarks)


def _header(parameter: OperationParameter, value: Value, whole: bool) -> Serialised | Unserialisable:
    refused = refused_header(parameter.name)
    if refused is not None:
        return Unserialisable(refused)
    done = _expand(parameter, value, percent.verbatim, whole)
    if isinstance(done, Unserialisable) or not done.pieces:
        return done if isinstance(done, Unserialisable) else Serialised()
    text = header_text(",".join(done.pieces))
    return text if isinstance(text, Unserialisable) else Serialised((text,), done.remarks)


def _cookie(parameter: OperationParameter, value: Value, whole: bool) -> Serialised | Unserialisable:
    verbatim = _style(parameter) == "cookie" and parameter.content is None
    encode = percent.verbatim if verbatim else _encoder(parameter, percent.COOKIE_RESERVED)
    done = _expand(parameter, value, encode, whole)
    if isinstance(done, Unserialisable):
        return done
    for pair in done.pieces:
        unfit = cookie_pair(pair)
        if isinstance(unfit, Unserialisable):
            return unfit
    return Serialised(done.pieces, done.remarks)


def _whole_query(parameter: OperationParameter, value: Value) -> Serialised | Unserialisable:
    """Take the value as the whole query (PAR-24, PAR-25): a form as written, anything else percent-encoded."""
    if not isinstance(value, str):
        return Unserialisable(f"the whole query must be given as a string, not as {kind(value)}")
    text = encodable(value)
    if isinstance(text, Unserialisable):
        return text
    content = parameter.content
    if content is None or media.essence(content.name) == urlencoded.MEDIA_TYPE:
        return Serialised((percent.whole_query(text),), _fragment(text))
    return Serialised((percent.unreserved(text),), _misfit(text, content.name))


def _misfit(text: str, name: str) -> tuple[Remark, ...]:
    """Return a doubt where the text is not of the media type that the whole query has (PAR-25)."""
    if not media.is_json(name) or media.is_json_text(text):
        return ()
    return (Remark("parameter-query-content", f"the whole query is to be {name}, and the value is no JSON"),)


def _fragment(text: str) -> tuple[Remark, ...]:
    message = "'#' can't stand in a query: it was sent as %23"
    return (Remark("parameter-query-fragment", message),) if "#" in text else ()


def _expand(parameter: OperationParameter, value: Value, encode: Encoder, whole: bool) -> Pieces | Unserialisable:
    if value is None:
        return Pieces()
    if parameter.content is not None:
        return _content(parameter, value, encode, whole)
    escapes = encode is not percent.verbatim
    names = percent.unreserved if escapes else percent.verbatim
    style = _style(parameter)
    place = Place(parameter.name, style, parameter.explode, encode, names, parameter.schema, escapes)
    done = expand(place, value)
    if isinstance(done, Unserialisable) or style == parameter.style:
        return done
    message = f"style '{parameter.style}' is not defined in a {parameter.location}: '{style}' was used instead"
    return replace(done, remarks=(Remark("parameter-style-misplaced", message), *done.remarks))


def _style(parameter: OperationParameter) -> str:
    if permitted(parameter.style, parameter.location):
        return parameter.style
    return DEFAULT_STYLES[parameter.location]


def _encoder(parameter: OperationParameter, safe: str) -> Encoder:
    reserved = parameter.allow_reserved and parameter.content is None
    return percent.reserved(safe) if reserved else percent.unreserved


def _content(parameter: OperationParameter, value: Value, encode: Encoder, whole: bool) -> Pieces | Unserialisable:
    """Write the value in the parameter's media type, then encode the text for its place."""
    text = _content_text(parameter, value, whole)
    if isinstance(text, Unserialisable):
        return text
    if parameter.location in ("path", "header"):
        return Pieces((encode(text.text),), text.remarks)
    return Pieces((f"{percent.unreserved(parameter.name)}={encode(text.text)}",), text.remarks)


def _content_text(parameter: OperationParameter, value: Value, whole: bool) -> Text | Unserialisable:
    assert parameter.content is not None
    name = parameter.content.name
    if isinstance(value, list | dict) or media.is_json(name):
        done = text_of(name, value, parameter.content, from_whole_expression=whole)
        return Unserialisable(f"content of {name}: {done.reason}") if isinstance(done, Unserialisable) else done
    text = scalar_text(value, parameter.content.schema)
    return text if isinstance(text, Unserialisable) else Text(text)

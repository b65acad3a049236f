"""A source whose url leads nowhere, found again by its name: practical reading P13.

Nothing is guessed in silence. The file is taken only if it alone has the name, is a description of the declared type,
and holds every operation (or workflow) that the document names from the source; the warning says which file it is and
which servers it names. Where `$self` leads away from the place that the document was read from, the file that the url
names from that place comes before any search: it is what the author has on the disk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from arazzo_runner.diagnostics import Applicability, Diagnostic, Fix, Related, Splice, near_matches
from arazzo_runner.document.model import Description
from arazzo_runner.sources.location import file_path, is_local, name_of, resolve, scheme_of, shown
from arazzo_runner.sources.lookup import find_operation
from arazzo_runner.sources.naming import PREFIX
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.reach import texts_of
from arazzo_runner.sources.registry import ApiSource, Registry
from arazzo_runner.sources.search import MAX_ENTRIES, Search, names_beside
from arazzo_runner.sources.servers import Unreachable, resolve_server
from arazzo_runner.sources.whereabouts import Whereabouts

CODE = "reading-P13"
NAME, PLACE = "its file's name", "its place beside the document"
LED = "way of a document that was searched for"
"""By what a source was found, in words: it alone has the name; its url says so from there; another led to it."""

MAX_SHOWN = 3
"""Servers, or files, that a message names."""

_FIELDS = ("url", "type", "name")


@dataclass(frozen=True, slots=True)
class Sought:
    """What the search came to: the `uri` of the one file of the name, or None, and then `advice` may say why."""

    uri: str | None = None
    advice: str = ""


def seek(search: Whereabouts, find: Search) -> Sought:
    """Look for the file of a source that is not where its url says.

    Only for a relative url of a local document: any other is not ours to replace. It has to name a local place, unless
    it is `$self` that makes a remote one of it.
    """
    url, document = search.declared.url, search.description.source.uri
    relative = not scheme_of(url) and not url.startswith("//")
    is_ours = is_local(document) and (is_local(search.uri()) or bool(search.beside()))
    if search.override is not None or not relative or not is_ours:
        return Sought()
    name = unquote(PurePosixPath(urlsplit(url).path).name)
    if not name or name in (".", ".."):
        return Sought()
    seen = find(document, name)
    if not seen.whole:
        return Sought(advice=f"'{name}' was not looked for: below {seen.folder} are more than {MAX_ENTRIES} entries")
    if len(seen.uris) > 1:
        files = ", ".join(map(name_of, seen.uris[:MAX_SHOWN])) + (", ..." if len(seen.uris) > MAX_SHOWN else "")
        return Sought(advice=f"{len(seen.uris)} files have that name ({files}), so none was taken")
    return Sought(seen.uris[0] if seen.uris else None)


def near_file(search: Whereabouts, uri: str) -> str:
    """Return how to write the file that has nearly the name of one that is not there; empty where there is none.

    As the url would be written, or as a path where the caller named the file.
    """
    names = names_beside(uri) if is_local(search.description.source.uri) or search.override is not None else ()
    wrong = unquote(PurePosixPath(urlsplit(uri).path).name)
    places = {name: resolve(uri, f"./{quote(name)}") for name in names}
    known = [name for name, place in places.items() if place != search.description.source.uri]
    for name in near_matches(wrong, known, 1) if wrong and wrong not in names else ():
        return name_of(places[name]) if search.override is not None else _renamed(search.declared.url, quote(name))
    return ""


def _renamed(url: str, name: str) -> str:
    folder, slash, _ = url.partition("#")[0].rpartition("/")
    return folder + slash + name


def lacking(description: Description, source: ApiSource) -> str:
    """Return what a description names from the source and the source does not hold; empty if it holds everything."""
    if isinstance(source.document, Description):
        return _lacking_workflow(description, source.name, source.document)
    named = list(_named(description, source))
    if not named:
        # Ids that name none of several sources: one at least has to be here.
        named = list(_named(description, source, plain=True))
        return "" if any(operation for _, operation in named) else next((text for text, _ in named), "")
    return next((text for text, operation in named if operation is None), "")


def told(search: Whereabouts, found: ApiSource, wanted: str) -> Diagnostic:
    """Make the warning for a source that is read from another file than the one at the URI `wanted`."""
    servers = servers_of(search.description, found)
    called = f"; its operations are sent to {servers}" if servers else ""
    file, option = name_of(found.uri), f"name it: --source {found.name}="
    if found.found_by == PLACE:
        message = f"{file} is read, which the url names from where the document was read, without its $self"
        warned = search.warning(CODE, f"source '{found.name}' is not at {shown(wanted)}: {message}{called}")
        return because_of_self(search, replace(warned, help=f"{option}{file}"))
    url = relative_url(search.description, found.uri)
    message = f"source '{found.name}' is not at {shown(wanted)}: {file} is read, the one file of its name{called}"
    warned = search.warning(CODE, message, f"write url: {url}; or {option}FILE-or-URL")
    return replace(warned, fix=_relocation(search, url))


def _relocation(search: Whereabouts, url: str) -> Fix | None:
    """Write the url of the file that was found: a guess, for another one may be meant."""
    if scheme_of(url):
        return None
    at = (*search.declared.at, "url")
    return Fix(f"write url: {url}", (Splice(at, 0, len(search.declared.url), url),), Applicability.UNSAFE)


def because_of_self(search: Whereabouts, found: Diagnostic) -> Diagnostic:
    """Say in a finding that it is `$self` which makes the address of a source, and how another is given to it."""
    base = shown(search.description.base_uri)
    related = Related(f"the url is relative to $self, {base}", search.description.span(("$self",)))
    help = f"{found.help}; or --base-dir DIR, the folder that its url is relative to"
    return replace(found, help=help, related=(*found.related, related))


def servers_of(description: Description, source: ApiSource) -> str:
    """Return the servers that the named operations of a source would be sent to, for a message."""
    if not isinstance(source.document, OpenApiDocument):
        return ""
    operations = [operation for _, operation in _named(description, source) if operation is not None]
    if not operations:
        every = source.document.endpoints.all[:1]
        operations = [source.document.operation(endpoint, source.name).operation for endpoint in every]
    found = [resolve_server(operation) for operation in operations]
    urls = list(dict.fromkeys(shown(one.url) for one in found if not isinstance(one, Unreachable)))
    return ", ".join(urls[:MAX_SHOWN]) + (", ..." if len(urls) > MAX_SHOWN else "")


def relative_url(description: Description, uri: str) -> str:
    """Return the url to write for a file, as seen from a document of this machine; its whole URI where there is none.

    With a `$self`, relative urls do not start at the document's own place.
    """
    if description.base_uri != description.source.uri:
        return uri
    try:
        folder = Path(file_path(description.source.uri)).parent
        return quote(Path(os.path.relpath(file_path(uri), folder)).as_posix())
    except ValueError:
        return uri


def _named(description: Description, source: ApiSource, plain: bool = False) -> Iterator[tuple[str, Operation | None]]:
    """Yield what steps name from a source, as written, with the operation that it is there.

    What names no source counts where this is the only one that has operations, or with `plain`.
    """
    alone = Registry({description.source.uri: {source.name: source}})
    others = [each.name for each in description.source_descriptions if each.name != source.name]
    only = plain or all(each.type == "arazzo" for each in description.source_descriptions if each.name in others)
    for workflow in description.workflows:
        for step in workflow.steps:
            text = step.operation_id if step.operation_id is not None else step.operation_path
            if text and (_mentions(text, source.name, others) or (only and not _mentions_any(text, others))):
                yield text, find_operation(step, description, alone, inherited=workflow.parameters).operation


def _mentions(text: str, name: str, others: list[str]) -> bool:
    """Tell whether a text names this source, and none of the others whose longer name begins like it."""
    longer = [other for other in others if other.startswith(name) and _mentions(text, other, [])]
    head = rf"(?:\{{?\$sourceDescriptions\.)?\{{?{re.escape(name)}(?=[.#}}])"
    return not longer and re.match(head, text) is not None


def _mentions_any(text: str, names: list[str]) -> bool:
    return text.startswith(("$", "{$")) or any(_mentions(text, name, []) for name in names)


def _lacking_workflow(description: Description, name: str, document: Description) -> str:
    known = [workflow.workflow_id for workflow in document.workflows if workflow.workflow_id]
    head = f"{PREFIX}{name}."
    for workflow in description.workflows:
        for text in texts_of(workflow, description):
            rest = text.strip("{}").removeprefix(head)
            if rest == text.strip("{}") or rest.partition("#")[0] in _FIELDS or rest.startswith("x-"):
                continue
            if not any(rest == each or rest.startswith(f"{each}.") for each in known):
                return text
    return ""

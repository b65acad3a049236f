"""A listing for a person."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterable, Iterator

from arazzo_runner.cli.files import STDIN
from arazzo_runner.cli.listing import CredentialEntry, InputEntry, Listing, ServerEntry, StepEntry, WorkflowEntry
from arazzo_runner.cli.profile_entries import profile_entries
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.redact.names import hide_urls
from arazzo_runner.reports.layout import columns, pad, wrap
from arazzo_runner.reports.page import Ink, Inked, Line, Look
from arazzo_runner.reports.plain import shown
from arazzo_runner.sources.location import STDIN_NAME, name_of
from arazzo_runner.sources.security import Want
from arazzo_runner.values import JSON, Value

MAX_COLUMN = 28
"""Columns that names are filled up to, so that what follows stands in one column."""


def listing_lines(listing: Listing, look: Look) -> Iterator[Line]:
    """Yield the lines of a listing."""
    info = listing.description.info
    about = ", ".join(part for part in (f"version {info.version}", f"Arazzo {listing.description.version}") if part)
    yield (Ink.STRONG.of(info.title), f" ({about})")
    yield from _paragraph(info.summary, "  ", look)
    yield from _section("Sources", _sources(listing, look), "")
    yield from _section("Servers", _servers(listing.servers, look), "")
    if listing.profile is not None:
        yield from _section(
            f"Profile: {listing.profile.name or 'defaults'} of {listing.profile.file}",
            _profile(listing.profile, look),
            "",
        )
    for workflow in listing.workflows:
        yield ()
        yield ("Workflow ", Ink.STRONG.of(workflow.workflow_id))
        yield from _paragraph(workflow.summary or workflow.description, "  ", look)
        yield from _workflow(workflow, listing.description.source.name, look)


def _workflow(entry: WorkflowEntry, file: str, look: Look) -> Iterator[Line]:
    yield from _section("Runs after", [(f"    {name}",) for name in entry.depends_on])
    yield from _section("Inputs", _inputs(entry, look))
    yield from _section("Steps", _steps(entry.steps, look))
    yield from _section("Outputs", [(f"    {each.name}", *_secret(each.secret)) for each in entry.outputs])
    yield from _section("Credentials", _credentials(entry.credentials, look))
    yield from _section("Run it", [(f"    {' '.join(_command(entry, file))}",)])


def _section(title: str, lines: Iterable[Line], indent: str = "  ") -> Iterator[Line]:
    lines = list(lines)
    if lines:
        yield ()
        yield (Ink.STRONG.of(indent + title),)
        yield from lines


def _paragraph(text: str, indent: str, look: Look) -> Iterator[Line]:
    if words := " ".join(text.split()):
        for line in wrap(words, look.width - columns(indent)):
            yield (indent + line,)


def _width(names: Iterable[str]) -> int:
    return min(max(map(columns, names), default=0), MAX_COLUMN)


def _sources(listing: Listing, look: Look) -> Iterator[Line]:
    width = _width(each.name for each in listing.sources)
    for each in listing.sources:
        yield (f"  {pad(each.name, width)}  {each.url}", *_faint(f" ({each.type})" if each.type else ""))
        if each.name in listing.found:
            found = listing.found[each.name]
            told = f"is not there: {name_of(found.uri)} is read, found by {found.found_by}"
            yield from _paragraph(told, " " * (width + 4), look)


def _servers(servers: tuple[ServerEntry, ...], look: Look) -> Iterator[Line]:
    width = _width(each.source for each in servers)
    for each in servers:
        yield (f"  {pad(each.source, width)}  {each.server.url or '(none)'}",)
        if each.problem:
            yield from _paragraph(f"{each.problem}: --server {each.source}=https://...", " " * (width + 4), look)
        if each.proxy:
            yield from _paragraph(f"through the proxy {each.proxy} (--no-proxy HOSTS)", " " * (width + 4), look)
        for name, variable in each.server.variables.items():
            allowed = f", one of {', '.join(variable.enum)}" if variable.enum else ""
            told = f"--server-variable {name}=VALUE (default {variable.default}{allowed})"
            yield from _paragraph(told, " " * (width + 4), look)


def _profile(profile: Profile, look: Look) -> Iterator[Line]:
    entries = dict(profile_entries(profile.settings))
    width = _width(entries)
    for name, value in entries.items():
        yield from _hanging(value, f"  {pad(name, width)}  ", " " * (width + 4), look)
    if profile.left_out:
        keys = ", ".join(profile.left_out)
        told = f"left out: {keys}, since the file was only found; --profile NAME or --config FILE names it"
        yield from _paragraph(told, "  ", look)


def _inputs(entry: WorkflowEntry, look: Look) -> Iterator[Line]:
    width = _width(each.name for each in entry.inputs)
    for each in entry.inputs:
        facts = ", ".join(_facts(each))
        *lines, last = wrap(facts, look.width - width - 6)
        head = f"    {pad(each.name, width)}  "
        for line in lines:
            yield (head + line,)
            head = " " * (width + 6)
        yield (head + last, *_secret(each.secret))
        yield from _paragraph(each.description, " " * (width + 6), look)
    if entry.opens:
        yield (Ink.FAINT.of("    and any other"),)


def _facts(entry: InputEntry) -> Iterator[str]:
    yield "any type" if len(entry.types) > 5 else " or ".join(entry.types) or "no value"
    if entry.choices:
        yield f"one of {', '.join(_value(choice) for choice in entry.choices)}"
    if entry.has_default:
        yield f"default {_value(entry.default)}"
    elif entry.required:
        yield "required"


def _value(value: JSON) -> str:
    plain: Value = value  # type: ignore[assignment]  # JSON is a Value; list and dict are invariant
    return shown(plain)


def _steps(steps: tuple[StepEntry, ...], look: Look) -> Iterator[Line]:
    width = _width(each.step_id for each in steps)
    for each in steps:
        if each.problem:
            first, *rest = wrap(each.problem, look.width - width - 6)
            yield (f"    {pad(each.step_id, width)}  ", Ink.BAD.of(first))
            yield from ((" " * (width + 6), Ink.BAD.of(line)) for line in rest)
            continue
        target = f"workflow {each.workflow}" if each.workflow else f"{each.method} {each.path}"
        yield (f"    {pad(each.step_id, width)}  {target}", *_faint(f"  {each.source}"))


def _credentials(credentials: tuple[CredentialEntry, ...], look: Look) -> Iterator[Line]:
    for entry in credentials:
        names = ", ".join(entry.steps)
        if entry.placed:
            own = " and ".join(f"the {location} '{name}'" for location, name in entry.placed)
            yield from _hanging(f"for {names}: none, the document sets {own} itself", "    ", "      ", look)
            continue
        several = len(entry.alternatives) > 1
        yield from _hanging(f"for {names}" + (", one of:" if several else ":"), "    ", "      ", look)
        for alternative in entry.alternatives:
            yield from _alternative(alternative, several, look)


def _alternative(wants: tuple[Want, ...], several: bool, look: Look) -> Iterator[Line]:
    for index, want in enumerate(wants):
        mark = "and " if index else ""
        mark = f"- {mark}" if several and not index else f"  {mark}"
        yield from _hanging(f"{want.scheme}: {want.description}", f"    {mark}", " " * 10, look)
        for way in want.ways:
            yield from _paragraph(way, " " * 10, look)


def _hanging(text: str, head: str, indent: str, look: Look) -> Iterator[Line]:
    """Yield a text behind `head`; what does not fit goes below it."""
    first, *rest = wrap(text, look.width - max(columns(head), columns(indent)))
    yield (head + first,)
    yield from ((indent + line,) for line in rest)


def _command(entry: WorkflowEntry, file: str) -> Iterator[str]:
    yield f"arazzo run {STDIN if file == STDIN_NAME else _quoted(file)} --workflow {_quoted(entry.workflow_id)}"
    for name, file in entry.named:
        yield f"--source {_quoted(f'{name}={file}')}"
    for each in entry.inputs:
        if each.required and not each.has_default:
            yield f"-i {_quoted(each.name)}=..."


def _quoted(text: str) -> str:
    """Return a text as the shell of this system wants it, without what a URL carries that is secret."""
    text = hide_urls(text)
    return subprocess.list2cmdline([text]) if os.name == "nt" else shlex.quote(text)


def _secret(secret: bool) -> tuple[Inked, ...]:
    return _faint(" (secret)") if secret else ()


def _faint(text: str) -> tuple[Inked, ...]:
    return (Ink.FAINT.of(text),) if text.strip() else ()

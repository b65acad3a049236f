"""A listing for a program: one JSON object, described by ``show.schema.json`` beside this module."""

from __future__ import annotations

from arazzo_runner.cli.listing import CredentialEntry, InputEntry, Listing, ServerEntry, StepEntry, WorkflowEntry
from arazzo_runner.cli.profile_entries import profile_entries
from arazzo_runner.document.model import SourceDescription
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.sources.location import name_of
from arazzo_runner.sources.registry import ApiSource
from arazzo_runner.values import JSON

SCHEMA_VERSION = "1"


def listing_json(listing: Listing) -> JSON:
    """Return the listing as the schema describes it."""
    info = listing.description.info
    return {
        "schemaVersion": SCHEMA_VERSION,
        "file": listing.description.source.name,
        "arazzo": listing.description.version,
        "title": info.title,
        "version": info.version,
        "summary": info.summary or None,
        "description": info.description or None,
        "sources": [_source(each, listing.found.get(each.name)) for each in listing.sources],
        "servers": [_server(each) for each in listing.servers],
        "workflows": [_workflow(each) for each in listing.workflows],
        "profile": _profile(listing.profile) if listing.profile else None,
    }


def _profile(profile: Profile) -> JSON:
    return {
        "file": profile.file,
        "name": profile.name,
        "settings": dict(profile_entries(profile.settings)),
        "leftOut": list(profile.left_out),
    }


def _source(source: SourceDescription, found: ApiSource | None) -> JSON:
    return {
        "name": source.name,
        "type": source.type,
        "url": source.url,
        "readFrom": name_of(found.uri) if found else None,
        "foundBy": found.found_by if found else None,
    }


def _server(entry: ServerEntry) -> JSON:
    variables: list[JSON] = [
        {"name": name, "default": each.default, "enum": list(each.enum)}
        for name, each in entry.server.variables.items()
    ]
    return {
        "source": entry.source,
        "url": entry.server.url or None,
        "calls": entry.calls or None,
        "problem": entry.problem or None,
        "proxy": entry.proxy or None,
        "variables": variables,
    }


def _workflow(entry: WorkflowEntry) -> JSON:
    return {
        "id": entry.workflow_id,
        "summary": entry.summary or None,
        "description": entry.description or None,
        "dependsOn": list(entry.depends_on),
        "inputs": [_input(each) for each in entry.inputs],
        "additionalInputs": entry.opens,
        "steps": [_step(each) for each in entry.steps],
        "outputs": [{"name": each.name, "secret": each.secret} for each in entry.outputs],
        "credentials": [_credential(each) for each in entry.credentials],
    }


def _input(entry: InputEntry) -> JSON:
    known: dict[str, JSON] = {
        "name": entry.name,
        "types": list(entry.types),
        "required": entry.required,
        "secret": entry.secret,
        "description": entry.description or None,
        "variable": entry.variable,
    }
    if entry.has_default:
        known["default"] = entry.default
    if entry.choices:
        known["enum"] = list(entry.choices)
    return known


def _step(entry: StepEntry) -> JSON:
    return {
        "id": entry.step_id,
        "description": entry.description or None,
        "source": entry.source or None,
        "operationId": entry.operation_id or None,
        "method": entry.method or None,
        "path": entry.path or None,
        "workflow": entry.workflow or None,
        "problem": entry.problem or None,
    }


def _credential(entry: CredentialEntry) -> JSON:
    alternatives: list[JSON] = [
        [
            {
                "source": want.source,
                "scheme": want.scheme,
                "description": want.description,
                "flag": want.flag or None,
                "variables": list(want.variables),
                "flows": [
                    {"flow": each.name, "flag": each.flag or None, "variables": list(each.variables)}
                    for each in want.flows
                ],
                "problem": want.unsupported or None,
            }
            for want in alternative
        ]
        for alternative in entry.alternatives
    ]
    own: list[JSON] = [{"in": location, "name": name} for location, name in entry.placed]
    return {"steps": list(entry.steps), "alternatives": alternatives, "setByDocument": own}

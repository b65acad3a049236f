"""YAML 1.2 text to data, with the place of each node (YAML 1.2.2; Arazzo 1.1, Format).

`nodes` composes a tree, `values` makes data of it, `traps` looks for what the author of an Arazzo document can't have
meant, `places` finds the nodes again; `faults` and `recovery` serve a text that is broken.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from yaml import Node
from yaml.error import YAMLError

from arazzo_runner.diagnostics import error
from arazzo_runner.document.collector import collector_paused
from arazzo_runner.document.limits import MAX_TOLD, TooDeep, TooMany, too_much
from arazzo_runner.document.loaded import Loaded, nothing
from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile
from arazzo_runner.document.yaml.faults import fault
from arazzo_runner.document.yaml.nodes import compose
from arazzo_runner.document.yaml.places import YamlPlaces
from arazzo_runner.document.yaml.recovery import recover_yaml
from arazzo_runner.document.yaml.traps import traps
from arazzo_runner.document.yaml.values import Construction

KEPT_TREE: Final = 1024 * 1024
"""Up to this many characters the composed tree is kept for places; of a longer text it is made again on demand."""


def load_yaml(page: Page, profile: Profile, *, pure: bool = False) -> Loaded:
    """Read a YAML text; `pure` asks for the parser written in Python. Never raises."""
    with collector_paused():  # around both halves: the tree of a long text is gone again before a collection walks it
        try:
            return _loaded(page, profile, compose(page.text, pure=pure))
        except YAMLError as problem:
            return _recovered(page, profile, problem)
        except (TooDeep, TooMany) as excess:
            return nothing(page, too_much(page, excess))
        except RecursionError:  # the caller itself stands deep in calls
            return nothing(page, too_much(page, TooDeep()))


def _loaded(page: Page, profile: Profile, root: Node | None) -> Loaded:
    if root is None:
        return nothing(page, error("syntax-empty", "the document is empty", page.span(0), "write the document"))
    construction = Construction(page, profile)
    data = construction.data(root)
    found = construction.findings
    if profile is Profile.ARAZZO:
        found = [*found, *islice(traps(root, page), MAX_TOLD)]
    places = YamlPlaces(page, root if len(page.text) <= KEPT_TREE else None)
    return Loaded(data, places, tuple(found))


def _recovered(page: Page, profile: Profile, problem: YAMLError) -> Loaded:
    """Report a syntax error, with the data that can still be read and what was found in front of the error."""
    wrong = fault(page, problem)
    root = recover_yaml(page, wrong)
    if root is None:
        return nothing(page, wrong.diagnostic)
    try:
        rest = _loaded(page, profile, root)
    except (TooDeep, TooMany):
        return nothing(page, wrong.diagnostic)
    line = page.line(wrong.offset) + 1
    earlier = tuple(found for found in rest.diagnostics if found.span and found.span.end_line < line)
    return Loaded(rest.data, YamlPlaces(page, root), (*earlier, wrong.diagnostic), ok=False)

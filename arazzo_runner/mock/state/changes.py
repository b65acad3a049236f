"""What a request does to an item, as far as its method and body tell (RFC 9110, section 9.3; RFC 5789)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from arazzo_runner.mock.state.patches import is_patch, merged, patched
from arazzo_runner.mock.state.store import Item
from arazzo_runner.values import JSON


def created(sent: JSON) -> Item:
    """Return the item that a client creates with a body."""
    return _with(Item(), sent if isinstance(sent, dict) else {})


def replaced(item: Item, sent: JSON) -> Item:
    """Return an item after PUT: what clients sent before is gone, what the API put in stays."""
    if not isinstance(sent, dict):
        return replace(item, deleted="")
    kept = {name: value for name, value in item.content.items() if name not in item.sent}
    gone = item.sent - sent.keys()
    return _with(Item(kept, absent=frozenset(gone), aliases=item.aliases), sent)


def changed(item: Item, sent: JSON) -> Item:
    """Return an item after PATCH, or after POST on an item that is there."""
    content = dict(item.content)
    if isinstance(sent, list) and is_patch(sent):
        after = patched(content, sent)
    elif isinstance(sent, dict):
        merged_content = merged(content, sent)
        assert isinstance(merged_content, dict), "an object was merged into it"
        after = merged_content
        removed = frozenset(name for name, value in sent.items() if value is None)
        item = replace(item, absent=item.absent | removed)
    else:
        return replace(item, deleted="")
    touched = frozenset(name for name, value in after.items() if name not in content or content[name] != value)
    gone = frozenset(content.keys() - after.keys())
    # What was known before is exact now; what is new the API may have put members of its own in.
    open = (item.open | (touched - content.keys())) - gone
    sent_names = (item.sent | touched) - gone
    return Item(after, sent_names, open, (item.absent | gone) - touched, aliases=item.aliases)


def answered(item: Item, content: Mapping[str, JSON]) -> Item:
    """Return an item with what an answer showed of it."""
    shown = content.keys()
    others = {name: value for name, value in item.content.items() if name not in shown}
    return replace(item, content={**content, **others}, open=item.open - shown, absent=item.absent - shown)


def _with(item: Item, sent: dict[str, JSON]) -> Item:
    names = frozenset(sent)
    return replace(item, content={**item.content, **sent}, sent=names, open=names, absent=item.absent - names)

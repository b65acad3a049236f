"""The items that are remembered, by collection and id: bounded, the ones used longest ago go first."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from arazzo_runner.mock.limits import MAX_REMEMBERED, MAX_REMEMBERED_ITEM, MAX_REMEMBERED_TOTAL
from arazzo_runner.mock.state.resources import Key
from arazzo_runner.values import JSON


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of an item.

    `content` are its members, `sent` those of them that a client sent, `open` those of these that no answer has shown
    yet. `absent` are members that a client took out. `deleted` names the request that deleted it, empty for none.
    `aliases` are further ids that it goes by.
    """

    content: Mapping[str, JSON] = field(default_factory=dict)
    sent: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    deleted: str = ""
    aliases: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Collection:
    """The ids of a collection in the order in which they came; `whole` tells that no others are there."""

    ids: dict[str, None] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    whole: bool = False


class Store:
    """Items by collection and id. `version` changes with whatever changes in it."""

    def __init__(self) -> None:
        self._items: OrderedDict[tuple[Key, str], tuple[Item, int]] = OrderedDict()
        self._collections: OrderedDict[Key, _Collection] = OrderedDict()
        self._size = 0
        self.version = 0

    def find(self, collection: Key, id: str) -> tuple[str, Item] | None:
        """Return an item by its id or another one that it goes by, with its own id."""
        known = self._collections.get(collection)
        if known is None:
            return None
        own = id if id in known.ids else known.aliases.get(id, id)
        found = self._items.get((collection, own))
        if found is None:
            return None
        self._items.move_to_end((collection, own))
        return own, found[0]

    def put(self, collection: Key, id: str, item: Item) -> None:
        """Remember an item; one that is too large is only known to be there."""
        size = len(json.dumps(item.content))
        if size > MAX_REMEMBERED_ITEM:
            item, size = Item(deleted=item.deleted), 2
        size += sum(map(len, (*collection, id, *item.aliases)))
        before = self._items.get((collection, id))
        if before is not None and before[0] == item:
            return
        self.version += 1
        self._size += size - (before[1] if before else 0)
        self._items[collection, id] = item, size
        self._items.move_to_end((collection, id))
        known = self._collection(collection)
        known.ids[id] = None
        known.aliases.update(dict.fromkeys(item.aliases, id))
        while len(self._items) > MAX_REMEMBERED or self._size > MAX_REMEMBERED_TOTAL:
            self._drop(*next(iter(self._items)))

    def items(self, collection: Key) -> Iterator[tuple[str, Item]]:
        """Yield the items of a collection, deleted ones too, in the order in which they came."""
        known = self._collections.get(collection)
        for id in [*known.ids] if known is not None else ():
            yield id, self._items[collection, id][0]

    def is_whole(self, collection: Key) -> bool:
        """Tell whether the collection holds no items but those that are known."""
        known = self._collections.get(collection)
        return known is not None and known.whole

    def complete(self, collection: Key) -> None:
        """Note that all items of a collection are known."""
        known = self._collection(collection)
        self.version += not known.whole
        known.whole = True

    def drop_below(self, collection: Key, ids: Iterable[str]) -> None:
        """Forget what stands below items: it is gone with them."""
        tops = [(*collection, id) for id in ids]
        below = [key for key in self._collections if any(key[: len(top)] == top for top in tops)]
        for key in below:
            for id in [*self._collections[key].ids]:
                self._drop(key, id)
            self._collections.pop(key, None)

    def _collection(self, key: Key) -> _Collection:
        known = self._collections.setdefault(key, _Collection())
        if len(self._collections) > MAX_REMEMBERED:
            oldest = next(iter(self._collections))
            for id in [*self._collections[oldest].ids]:
                self._drop(oldest, id)
            self._collections.pop(oldest, None)
        return known

    def _drop(self, collection: Key, id: str) -> None:
        item, size = self._items.pop((collection, id))
        self._size -= size
        known = self._collections[collection]
        known.ids.pop(id, None)
        for alias in item.aliases:
            if known.aliases.get(alias) == id:
                del known.aliases[alias]

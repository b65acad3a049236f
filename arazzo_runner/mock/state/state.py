"""The memory of one mocked API: what requests did to its items, and what answers have to show of them."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import Final
from urllib.parse import unquote, urlsplit

from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.response import receive
from arazzo_runner.mock.demands.described import Places
from arazzo_runner.mock.demands.parts import inside, member
from arazzo_runner.mock.limits import MAX_LISTED, MAX_REMEMBERED
from arazzo_runner.mock.memory import Recall
from arazzo_runner.mock.state import changes
from arazzo_runner.mock.state.identity import (
    Names,
    fresh,
    id_member,
    id_of_path,
    ids_of,
    in_type_of,
    list_place,
    names_of,
    place_of,
    text_of,
    unwrapped,
)
from arazzo_runner.mock.state.overlay import laid, listed, plain, put_at, value_at, without_read_only
from arazzo_runner.mock.state.resources import Key, Kind, Reference, Resources, item_url
from arazzo_runner.mock.state.store import Item, Store
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.openapi import media
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import JSON, Nothing, Path

_GONE: Final = frozenset((404, 410))
_READING: Final = ("GET", "HEAD")
_CHANGING: Final = ("PUT", "PATCH", "POST")


class State:
    """Remembers the items of mocked APIs. One for each run, or for each server; its users take turns."""

    def __init__(self) -> None:
        self._resources = Resources()
        self._places = Places()
        self._store = Store()
        self._turns: OrderedDict[bytes, int] = OrderedDict()
        self._creations = 0

    @property
    def version(self) -> int:
        """A number that is another one whenever an answer may be another one."""
        return self._store.version + self._creations

    def recall(self, effect: SendRequest) -> Recall | None:
        """Return what is known of the answer to a request; None for nothing."""
        reference = self._reference(effect)
        if reference is None:
            return None
        method = _operation(effect).method
        deleted = self._deleted(reference, effect)
        if deleted:
            return Recall(_GONE, deleted, self._lay(reference, effect))
        turn = self._turns.get(_same(effect), 0) if _creates(reference, method) else 0
        lay = self._lay(reference, effect)
        locate = partial(self._location, reference, effect) if _creates(reference, method) else None
        return Recall(lay=lay, locate=locate, turn=turn) if lay is not None or turn else None

    def remember(self, effect: SendRequest, response: Response) -> None:
        """Take note of an exchange; of one that did not succeed nothing is kept."""
        reference = self._reference(effect)
        if reference is None or not 200 <= response.status < 300:
            return
        body = _body(response)
        method = _operation(effect).method
        if _creates(reference, method):
            self._created(reference, effect, response, body)
        elif reference.kind is Kind.COLLECTION:
            self._on_collection(reference, method, effect, body)
        elif reference.kind is not Kind.OTHER:
            self._on_item(reference, method, effect, body)

    def _reference(self, effect: SendRequest) -> Reference | None:
        request = effect.scope.request
        if request is None:
            return None
        return self._resources.reference(_operation(effect), request.path)

    def _deleted(self, reference: Reference, effect: SendRequest) -> str:
        """Say why what a request is about is gone; empty where it is not."""
        for collection, id in reference.above:
            found = self._store.find(collection, id)
            if found is not None and found[1].deleted:
                return f"/{'/'.join((*collection[1:], id))} was deleted by {found[1].deleted}"
        operation = _operation(effect)
        if reference.kind not in (Kind.ITEM, Kind.SINGLETON):
            return ""
        if operation.method == "PUT" and (reference.kind is Kind.SINGLETON or "201" in operation.responses):
            return ""  # it creates what is not there
        found = self._store.find(reference.collection, reference.id)
        return f"{reference.path} was deleted by {found[1].deleted}" if found is not None and found[1].deleted else ""

    def _lay(self, reference: Reference, effect: SendRequest) -> partial[JSON] | None:
        method, names = _operation(effect).method, _names(reference)
        if reference.kind is Kind.OTHER:
            return None
        if reference.kind is Kind.COLLECTION:
            if method == "GET":
                return partial(self._list, reference, names)
            return partial(self._creation, reference, names, effect) if method in _CHANGING else None
        found = self._store.find(reference.collection, reference.id)
        item = found[1] if found is not None and not found[1].deleted else Item()
        return partial(self._item, reference, item, effect)

    def _item(self, reference: Reference, item: Item, effect: SendRequest, invented: JSON, schema: JSON) -> JSON:
        method, names = _operation(effect).method, _names(reference)
        place = place_of(invented, names)
        if place is None:
            return invented
        beside = value_at(invented, place)
        after = _after(item, method, self._sent(effect, names, beside))
        found = laid(beside, after, inside(schema, place))
        name = id_of_path(found, names)
        if name is not None and name not in after.content and reference.id:
            found[name] = in_type_of(found[name], reference.id)
        return put_at(invented, place, found)

    def _creation(self, reference: Reference, names: Names, effect: SendRequest, invented: JSON, schema: JSON) -> JSON:
        """Return the answer to a creation: with what was sent, and an id that no other item has."""
        if isinstance(invented, list):
            return self._bulk(effect, names, invented, schema)
        place = place_of(invented, names)
        if place is None:
            return invented
        beside, inner = value_at(invented, place), inside(schema, place)
        sent = self._sent(effect, names, beside)
        after = laid(beside, changes.created(sent), inner)
        name = id_member(after, names)
        told = isinstance(sent, dict) and name in sent and after.get(name or "") == sent.get(name or "")
        if name is not None and not told and _operation(effect).method == "POST":
            after[name] = self._fresh(reference.collection, after[name])
        return put_at(invented, place, after)

    def _location(self, reference: Reference, effect: SendRequest, body: JSON, invented: str) -> str | None:
        """Return the URL of what is created: a path where a path was invented."""
        names = _names(reference)
        place = place_of(body, names)
        ids = ids_of(value_at(body, place), names) if place is not None else ()
        known = ids or _told(self._sent(effect, names, None), names)
        last = known[0] if known else str(self._fresh(reference.collection, _last(invented)))
        url = item_url(effect.request.url, _operation(effect).path, reference.collection[1:], last)
        return url if url is None or "://" in invented else urlsplit(url).path

    def _fresh(self, collection: Key, id: JSON) -> JSON:
        return fresh(id, lambda text: self._store.find(collection, text) is not None)

    def _bulk(self, effect: SendRequest, names: Names, invented: list[JSON], schema: JSON) -> JSON:
        sent = self._sent(effect, names, None)
        if not isinstance(sent, list) or not sent:
            return invented
        pairs = ((invented[index] if index < len(invented) else {}, one) for index, one in enumerate(sent[:MAX_LISTED]))
        return [laid(other, changes.created(one), member(schema, index)) for index, (other, one) in enumerate(pairs)]

    def _list(self, reference: Reference, names: Names, invented: JSON, schema: JSON) -> JSON:
        place = list_place(invented, names)
        if place is None:
            return invented
        known = list(self._store.items(reference.collection))
        there = [item for _, item in known if not item.deleted and item.content]
        items = value_at(invented, place)
        assert isinstance(items, list), "the place is that of a list"
        if not there and not self._store.is_whole(reference.collection):
            gone = {id for id, item in known if item.deleted}
            return listed(invented, place, [each for each in items if gone.isdisjoint(ids_of(each, names))])
        if items and not isinstance(items[0], dict):
            return invented
        inner = inside(schema, (*place, 0))
        return listed(invented, place, [laid({}, item, inner) for item in there[:MAX_LISTED]])

    def _created(self, reference: Reference, effect: SendRequest, response: Response, body: JSON) -> None:
        same = _same(effect)
        self._creations += 1
        self._turns[same] = self._turns.get(same, 0) + 1
        if len(self._turns) > MAX_REMEMBERED:
            self._turns.popitem(last=False)
        names = _names(reference)
        if isinstance(body, list):
            self._shown(reference, names, body)
            return
        place = place_of(body, names)
        content = value_at(body, place) if place is not None else None
        sent = self._sent(effect, names, content)
        item = changes.created(sent)
        if isinstance(content, dict):
            item = changes.answered(item, content)
        ids = ids_of(content, names) or _located(response) or ids_of(sent, names)
        if ids:
            self._store.complete(reference.collection)
            self._put(reference.collection, ids[0], replace(item, aliases=frozenset(ids[1:])))

    def _on_collection(self, reference: Reference, method: str, effect: SendRequest, body: JSON) -> None:
        names = _names(reference)
        if method == "DELETE":
            self._cleared(reference, effect)
        elif method in ("PUT", "PATCH"):
            place = place_of(body, names)
            content = value_at(body, place) if place is not None else None
            sent = self._sent(effect, names, content)
            for id in (ids_of(content, names) or ids_of(sent, names))[:1]:
                self._changed(replace(reference, kind=Kind.ITEM, id=id), method, sent, content)
        elif method == "GET":
            place = list_place(body, names)
            shown = value_at(body, place) if place is not None else None
            if isinstance(shown, list):
                self._shown(reference, names, shown)

    def _shown(self, reference: Reference, names: Names, items: list[JSON]) -> None:
        """Take note of the items of a list."""
        for each in items[:MAX_LISTED]:
            ids = ids_of(each, names)
            if ids and isinstance(each, dict):
                found = self._store.find(reference.collection, ids[0])
                id, item = found if found is not None and not found[1].deleted else (ids[0], Item())
                others = item.aliases | (frozenset(ids) - {id})
                self._put(reference.collection, id, replace(changes.answered(item, each), aliases=others))
        self._store.complete(reference.collection)

    def _cleared(self, reference: Reference, effect: SendRequest) -> None:
        """Take the items out that a DELETE on their collection names; all where it has no query and no body."""
        request = effect.scope.request
        assert request is not None, "it was referred to"
        names = _names(reference)
        named: list[str] = []
        for given in (request.query, request.body):
            if isinstance(given, dict):
                named += ids_of(plain(given), names)
        bare = not request.query and isinstance(request.body, Nothing)
        ids = [id for id, _ in self._store.items(reference.collection)] if bare else named
        for id in ids:
            self._delete(replace(reference, kind=Kind.ITEM, id=id), effect)
        if bare:
            self._store.complete(reference.collection)

    def _on_item(self, reference: Reference, method: str, effect: SendRequest, body: JSON) -> None:
        if method == "DELETE":
            self._delete(reference, effect)
            return
        if method not in (*_READING, *_CHANGING):
            return
        names = _names(reference)
        place = place_of(body, names)
        content = value_at(body, place) if place is not None else None
        self._changed(reference, method, self._sent(effect, names, content), content)

    def _changed(self, reference: Reference, method: str, sent: JSON, content: JSON) -> None:
        found = self._store.find(reference.collection, reference.id)
        id, item = found if found is not None else (reference.id, Item())
        after = _after(Item() if item.deleted else item, method, sent)
        if isinstance(content, dict):
            names = _names(reference)
            after = changes.answered(after, content)
            # An answer whose id is another one than the path's does not speak for it.
            after = replace(after, aliases=after.aliases | (frozenset(ids_of(content, names)) - {id}))
        self._put(reference.collection, id, after)

    def _delete(self, reference: Reference, effect: SendRequest) -> None:
        found = self._store.find(reference.collection, reference.id)
        id, item = found if found is not None else (reference.id, Item())
        by = f"{_operation(effect).method} of step '{effect.bound.step_id}'"
        self._put(reference.collection, id, Item(deleted=by, aliases=item.aliases))
        self._store.drop_below(reference.collection, (id, *item.aliases))

    def _put(self, collection: Key, id: str, item: Item) -> None:
        if text_of(id) is not None or not id:
            self._store.put(collection, id, item)

    def _sent(self, effect: SendRequest, names: Names, beside: JSON) -> JSON:
        """Return what was sent of the item, without members that are the API's to set."""
        request = effect.scope.request
        if request is None or isinstance(request.body, Nothing):
            return None
        whole = plain(request.body)
        sent = unwrapped(whole, names, beside)
        schema = self._request_schema(effect)
        if not isinstance(sent, dict):
            return sent
        if sent is not whole and isinstance(whole, dict):
            place: Path = tuple(name for name, value in whole.items() if value is sent)[:1]
            schema = inside(schema, place)
        return without_read_only(sent, schema)

    def _request_schema(self, effect: SendRequest) -> JSON:
        declared = _operation(effect).body
        sent_as = effect.request.header("content-type") or "application/json"
        described = media.media_for(declared, sent_as)
        return self._places.schema(described.schema if described is not None else None)


def _operation(effect: SendRequest) -> Operation:
    call = effect.bound.call
    assert isinstance(call, OperationCall), "only the call of an operation sends a request"
    return call.operation


def _names(reference: Reference) -> Names:
    return names_of(reference.variables, reference.name)


def _creates(reference: Reference, method: str) -> bool:
    return reference.kind is Kind.COLLECTION and method == "POST"


def _same(effect: SendRequest) -> bytes:
    """Return what requests have in common that are the same to the byte."""
    request = effect.request
    digest = blake2b(f"{request.method} {request.url}\n".encode("utf-8", "replace"))
    digest.update(request.body or b"")
    return digest.digest()


def _after(item: Item, method: str, sent: JSON) -> Item:
    match method:
        case "PUT":
            return changes.replaced(item, sent)
        case "PATCH" | "POST":
            return changes.changed(item, sent)
        case _:
            return item


def _body(response: Response) -> JSON:
    """Return the body of an answer in JSON; null for any other."""
    if not media.is_json(response.header("content-type") or "") or not response.body:
        return None
    received, doubt = receive(response)
    if doubt or isinstance(received.body, Nothing | bytes):
        return None
    found: JSON = json.loads(response.body)
    return found


def _located(response: Response) -> tuple[str, ...]:
    """Return the id that a Location ends in."""
    last = _last(response.header("location") or "")
    return (last,) if text_of(last) is not None else ()


def _last(url: str) -> str:
    """Return the last part of the path of a URL."""
    try:
        return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    except ValueError:
        return ""


def _told(sent: JSON, names: Names) -> tuple[str, ...]:
    """Return the id that a client has given itself, where it is sure to be one."""
    name = id_of_path(sent, names)
    return ids_of({name: sent[name]}, names) if name is not None and isinstance(sent, dict) else ()

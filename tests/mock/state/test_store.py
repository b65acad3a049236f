import pytest

from arazzo_runner.mock.state import store as module
from arazzo_runner.mock.state.store import Item, Store

PETS = ("file:///api", "pets")


def item(name: str, *aliases: str) -> Item:
    return Item({"name": name}, aliases=frozenset(aliases))


def test_an_item_is_found_by_its_id_and_by_others() -> None:
    store = Store()
    store.put(PETS, "1", item("Rex", "u-1"))
    assert store.find(PETS, "1") == store.find(PETS, "u-1") == ("1", item("Rex", "u-1"))
    assert store.find(PETS, "2") is None
    assert store.find(("file:///api", "cats"), "1") is None


def test_its_own_id_goes_before_another_one_of_that_text() -> None:
    store = Store()
    store.put(PETS, "1", item("Rex", "2"))
    store.put(PETS, "2", item("Max"))
    assert store.find(PETS, "2") == ("2", item("Max"))


def test_items_come_in_the_order_in_which_they_came() -> None:
    store = Store()
    for id in ("2", "1", "2"):
        store.put(PETS, id, item(id))
    assert [id for id, _ in store.items(PETS)] == ["2", "1"]
    assert [*store.items(("nowhere",))] == []


def test_the_version_changes_with_what_is_remembered_alone() -> None:
    store = Store()
    seen = [store.version]
    store.put(PETS, "1", item("Rex"))
    seen.append(store.version)
    store.put(PETS, "1", item("Max"))
    seen.append(store.version)
    store.complete(PETS)
    seen.append(store.version)
    assert len(set(seen)) == 4
    store.complete(PETS)
    store.put(PETS, "1", item("Max"))
    assert store.version == seen[-1]


def test_what_stands_below_an_item_goes_with_it() -> None:
    store = Store()
    store.put((*PETS, "1", "toys"), "t", item("ball", "b"))
    store.put((*PETS, "11", "toys"), "t", item("bone"))
    store.complete((*PETS, "1", "toys"))
    store.drop_below(PETS, ["1"])
    assert store.find((*PETS, "1", "toys"), "t") is None
    assert not store.is_whole((*PETS, "1", "toys"))
    assert store.find((*PETS, "11", "toys"), "t") is not None


def test_the_items_used_longest_ago_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_REMEMBERED", 2)
    store = Store()
    store.put(PETS, "1", item("Rex", "u"))
    store.put(PETS, "2", item("Max"))
    assert store.find(PETS, "1") is not None
    store.put(PETS, "3", item("Tom"))
    assert [id for id, _ in store.items(PETS)] == ["1", "3"]
    store.put(PETS, "4", item("Ada"))
    assert store.find(PETS, "u") is None


def test_collections_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_REMEMBERED", 2)
    store = Store()
    for name in "abc":
        store.complete((name,))
    assert [store.is_whole((name,)) for name in "abc"] == [False, True, True]


def test_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_REMEMBERED_ITEM", 100)
    monkeypatch.setattr(module, "MAX_REMEMBERED_TOTAL", 150)
    store = Store()
    store.put(PETS, "1", item("x" * 200))
    assert store.find(PETS, "1") == ("1", Item())
    for id in ("2", "3"):
        store.put(PETS, id, item("x" * 60))
    assert [id for id, _ in store.items(PETS)] == ["3"]

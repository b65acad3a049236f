from arazzo_runner.mock.state.changes import answered, changed, created, replaced
from arazzo_runner.mock.state.store import Item


def test_what_was_sent_is_known_and_open_until_an_answer_shows_it() -> None:
    item = created({"name": "Rex", "age": 3})
    assert item.sent == item.open == frozenset({"name", "age"})
    shown = answered(item, {"id": 1, "name": "REX"})
    assert shown.content == {"id": 1, "name": "REX", "age": 3}
    assert (shown.sent, shown.open) == (frozenset({"name", "age"}), frozenset({"age"}))
    assert created("text") == Item()


def test_put_takes_out_what_was_sent_before_and_leaves_the_rest() -> None:
    item = answered(created({"name": "Rex", "age": 3}), {"id": 1, "made": "then"})
    after = replaced(item, {"name": "Max"})
    assert after.content == {"id": 1, "made": "then", "name": "Max"}
    assert after.absent == {"age"}
    assert replaced(item, None).content == item.content


def test_a_merge_patch_changes_puts_in_and_takes_out() -> None:
    item = Item({"a": 1, "b": {"x": 1, "y": 2}, "c": 3})
    after = changed(item, {"b": {"x": None}, "c": None, "d": 4, "e": None})
    assert after.content == {"a": 1, "b": {"y": 2}, "d": 4}
    assert (after.absent, after.open) == (frozenset({"c", "e"}), frozenset({"d"}))
    assert changed(after, {"c": 5}).absent == {"e"}


def test_a_json_patch_does_the_same() -> None:
    after = changed(Item({"a": 1, "b": 2}), [{"op": "remove", "path": "/a"}, {"op": "add", "path": "/c", "value": 3}])
    assert after.content == {"b": 2, "c": 3}
    assert after.absent == {"a"}


def test_a_body_that_is_neither_changes_nothing() -> None:
    item = Item({"a": 1})
    assert changed(item, None) == changed(item, "text") == changed(item, [1]) == item


def test_what_an_answer_shows_is_there() -> None:
    assert answered(Item(absent=frozenset({"a"})), {"a": 1}) == Item({"a": 1})

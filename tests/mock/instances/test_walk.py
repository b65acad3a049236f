from arazzo_runner.mock.instances.walk import NO_HINT, At


def test_a_place_has_the_name_of_its_member_or_of_its_array() -> None:
    assert At().name == ""
    assert At(("user", "email")).name == "email"
    assert At(("tags", 0)).name == "tag"
    assert At(("email",), salt=1).name == ""


def test_hints_go_down_with_the_value() -> None:
    at = At(hint={"a": [1, {"b": None}]})
    assert at.child("a").child(0).hint == 1
    assert at.child("a").child(1).child("b").hint is None
    assert at.child("a").child(9).hint is NO_HINT
    assert at.child("none").hint is NO_HINT
    assert at.child("a").child(0).child("x").hint is NO_HINT


def test_the_trail_grows_with_the_references() -> None:
    at = At().under(frozenset({"A"}))
    assert at.child("x").under(frozenset({"B"})).trail == {"A", "B"}
    assert at.under(frozenset()) is at

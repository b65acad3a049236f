from arazzo_runner.mock.examples import from_examples
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.generate import Generator
from arazzo_runner.values import JSON

GENERATOR = Generator({"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}})


def test_the_first_example_that_fits_is_taken() -> None:
    examples: tuple[JSON, ...] = ({"a": "x"}, {"a": 1}, {"a": 2})
    assert from_examples(GENERATOR, examples, (), 0) == {"a": 1}
    assert from_examples(GENERATOR, examples, ({"properties": {"a": {"const": 2}}},), 0) == {"a": 2}


def test_else_a_valid_one_is_bent_or_the_good_of_a_broken_one_kept() -> None:
    bent = from_examples(GENERATOR, ({"a": "x"}, {"a": 1, "b": "kept"}), ({"properties": {"a": {"const": 5}}},), 0)
    assert bent == {"a": 5, "b": "kept"}
    mended = from_examples(GENERATOR, ({"a": "x", "b": "kept"},), (), 0)
    assert isinstance(mended, dict)
    assert (mended["b"], type(mended["a"])) == ("kept", int)


def test_without_examples_a_value_is_made() -> None:
    assert isinstance(from_examples(GENERATOR, (), (), 0), dict)
    assert isinstance(from_examples(Generator(False), ({},), (), 0), NoInstance)

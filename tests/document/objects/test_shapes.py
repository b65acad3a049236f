from arazzo_runner.document import FeatureSet
from arazzo_runner.document.objects import shapes
from arazzo_runner.document.objects.shapes import Shape


def test_what_1_1_added_counts_from_1_1_on() -> None:
    assert "timeout" not in shapes.STEP.fields(FeatureSet(1, 0))
    assert "timeout" in shapes.STEP.fields(FeatureSet(1, 1))


def test_no_field_is_listed_twice_and_what_is_spared_is_required() -> None:
    for shape in vars(shapes).values():
        if isinstance(shape, Shape):
            fields = shape.fields(FeatureSet(1, 1))
            assert len(fields) == len(set(fields))
            assert set(shape.spared) <= set(shape.required)


def test_only_reusable_objects_cannot_be_extended() -> None:
    closed = [shape.noun for shape in vars(shapes).values() if isinstance(shape, Shape) and not shape.extensible]
    assert closed == ["reusable object"]

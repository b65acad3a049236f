from arazzo_runner.mock.demands.described import Places
from arazzo_runner.program.model import OperationCall
from tests.engine.programs import as_yaml, program_of
from tests.mock.demands.chains import GIVE, api


def test_the_schema_of_an_answer_is_found_and_kept() -> None:
    import json

    answer = api({"type": "object", "properties": {"a": {"enum": ["x"]}}}, {})
    program = program_of(as_yaml([{"workflowId": "w", "steps": [GIVE]}]), files={"openapi.yaml": json.dumps(answer)})
    call = program.workflow.steps[0].call
    assert isinstance(call, OperationCall)
    places = Places()
    found = places.answered(call.operation, ("a",))
    assert found == {"enum": ["x"]}
    assert places.answered(call.operation, ("b",)) is True


def test_a_part_is_the_same_object_each_time() -> None:
    places = Places()
    schema = places.declared({"$defs": {"A": {"const": 1}}}, {"properties": {"a": {"$ref": "#/$defs/A"}}})
    part = places.member(schema, "a")
    assert part is places.member(schema, "a")
    assert places.laid_open(part) == {"const": 1}
    assert places.laid_open(part) is places.laid_open(part)
    assert places.laid_open(True) is True
    assert places.schema(None) is True

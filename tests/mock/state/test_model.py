"""Random conversations with a mocked resource, held against a model of what a resource is."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from tests.mock.state.pets import PET, client, operations

PAGE: dict[str, Any] = {"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "items": PET}}}
NAMES = st.text(min_size=1, max_size=5)
AGES = st.integers(min_value=0, max_value=9)
BODIES = st.fixed_dictionaries({"name": NAMES}, optional={"age": AGES, "tag": NAMES})
PATCHES = st.fixed_dictionaries({}, optional={"name": NAMES, "age": AGES | st.none(), "tag": NAMES | st.none()})
OURS = ("name", "age", "tag")


class Resource(RuleBasedStateMachine):
    """A client that remembers what it did: the mock has to agree with it after each request."""

    pets: Bundle[int] = Bundle("pets")

    def __init__(self) -> None:
        super().__init__()
        self.api = client(operations(items=PAGE))
        self.model = dict[int, dict[str, Any]]()
        self.gone = set[int]()
        self.listed = False

    @rule(target=pets, body=BODIES)
    def create(self, body: dict[str, Any]) -> int:
        made = self.api.data("POST /pets", body)
        assert made["id"] not in self.model
        assert made["id"] not in self.gone
        assert body.items() <= made.items()
        self.model[made["id"]] = made
        self.listed = True
        return int(made["id"])

    @rule(pet=pets)
    def read(self, pet: int) -> None:
        if pet in self.gone:
            assert self.api.status(f"GET /pets/{pet}") == 404
        else:
            assert self.api.data(f"GET /pets/{pet}") == self.model[pet]

    @rule(pet=pets, body=BODIES)
    def replace(self, pet: int, body: dict[str, Any]) -> None:
        if pet in self.gone:
            assert self.api.status(f"PUT /pets/{pet}", body) == 404
            return
        after = self.api.data(f"PUT /pets/{pet}", body)
        before = self.model[pet]
        assert body.items() <= after.items()
        assert {name: after.get(name) for name in before if name not in OURS} == {
            name: value for name, value in before.items() if name not in OURS
        }
        self.model[pet] = after

    @rule(pet=pets, patch=PATCHES)
    def change(self, pet: int, patch: dict[str, Any]) -> None:
        if pet in self.gone:
            assert self.api.status(f"PATCH /pets/{pet}", patch) == 404
            return
        after = self.api.data(f"PATCH /pets/{pet}", patch)
        expected = {name: value for name, value in {**self.model[pet], **patch}.items() if value is not None}
        if patch.get("name", "") is not None:
            assert after == expected
        self.model[pet] = after

    @rule(target=pets, pet=consumes(pets))
    def delete(self, pet: int) -> Any:
        assert self.api.status(f"DELETE /pets/{pet}") == (404 if pet in self.gone else 204)
        self.gone.add(pet)
        self.model.pop(pet, None)
        return multiple(pet)

    @rule(target=pets, number=st.integers(min_value=10**6, max_value=10**6 + 3))
    def read_what_nobody_created(self, number: int) -> Any:
        if number in self.gone:
            return multiple()
        found = self.api.data(f"GET /pets/{number}")
        assert found["id"] == number
        assert self.model.setdefault(number, found) == found
        return multiple(number)

    @invariant()
    def the_list_agrees(self) -> None:
        if self.model or self.listed:
            found = {pet["id"]: pet for pet in self.api.data("GET /pets")["data"]}
            assert found == self.model

    @invariant()
    def answers_are_as_described(self) -> None:
        for reply in self.api.replies[-3:]:
            body = json.loads(reply.body) if reply.body else None
            for pet in body.get("data", [body]) if isinstance(body, dict) else ():
                assert {"id", "name"} <= pet.keys() <= PET["properties"].keys() - {"pin"}


TestResource = Resource.TestCase
TestResource.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)

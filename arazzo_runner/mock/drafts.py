"""Drafts of an answer: one status and one media type, filled by one plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.outcomes import Note, Response
from arazzo_runner.engine.response import receive
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Exchange, Expression
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import expressions_of
from arazzo_runner.mock import markup, wishes
from arazzo_runner.mock.contents import Content, contents
from arazzo_runner.mock.demands.later import NO_USES, AnswerUses, LaterUse
from arazzo_runner.mock.demands.missed import Missed
from arazzo_runner.mock.demands.parts import member, types_of
from arazzo_runner.mock.described import Schemas
from arazzo_runner.mock.element_wishes import in_markup
from arazzo_runner.mock.header_fields import Fields, header_fields
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.invention import Invented, Source, Wish, agreeing, invent
from arazzo_runner.mock.landmarks import is_held, landmarks
from arazzo_runner.mock.memory import Lay, Locate
from arazzo_runner.mock.plans import Plan, Tie, is_understood, tied, wish_at
from arazzo_runner.mock.solving.plan import FLIPPED
from arazzo_runner.mock.solving.simple import against
from arazzo_runner.mock.statuses import Candidate, carries_body
from arazzo_runner.program.model import BoundStep
from arazzo_runner.sources.openapi import media
from arazzo_runner.sources.openapi.bodies import encode_body
from arazzo_runner.sources.openapi.scalars import Unserialisable, json_text
from arazzo_runner.sources.operations import MediaType, Operation
from arazzo_runner.values import JSON

_JSON: Final = "application/json"
_OBJECT: Final[JSON] = {"type": "object"}
_MAX_CONTENTS: Final = 3
_STATUS_MEMBERS: Final = ("status", "statusCode", "status_code", "httpStatus", "http_status")
_MAX_MISSED: Final = 3
_MAX_MEETINGS: Final = 4
"""Drafts of one answer for which it is looked at which values two compared places of it can meet."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that could be sent, and what it could not be made to fit.

    `place` is where the schema of its body stands, `unmet` why wishes for the body and the headers were not met.
    `later` are the later uses of the answer that it could not be made to fit, each with what contradicts it, and
    `lacking` is how many of them the run can't do without.
    `limited` tells that a limit of the mock was reached for a wish that was not met.
    `body_declared` is false where the description tells of no body and one was read all the same.
    """

    response: Response
    candidate: Candidate
    place: str = ""
    unmet: tuple[str, ...] = ()
    body_declared: bool = True
    accepted: bool = True
    undeclared_headers: tuple[str, ...] = ()
    later: tuple[Note, ...] = ()
    lacking: int = 0
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Undrafted:
    """Why a status can't be answered: its schema, at `place`, has no instance, or none within a limit of the mock."""

    candidate: Candidate
    reason: str
    place: str = ""
    limited: bool = False


@dataclass(frozen=True, slots=True)
class _Body:
    """The body of a draft: its Content-Type and bytes (both empty for none), and what it could not be made to fit."""

    type: str = ""
    content: bytes = b""
    place: str = ""
    unmet: tuple[str, ...] = ()
    limited: bool = False
    missed: tuple[Missed, ...] = ()


class Drafting:
    """Makes the drafts of one answer."""

    def __init__(
        self,
        effect: SendRequest,
        operation: Operation,
        schemas: Schemas,
        seed: int,
        later: AnswerUses = NO_USES,
        lay: Lay | None = None,
        locate: Locate | None = None,
    ) -> None:
        self._effect, self._operation, self._schemas, self._seed = effect, operation, schemas, seed
        self._later, self._lay, self._locate = later, lay, locate
        self._reads = tuple(_read(effect.bound))
        self._meetings = 0

    def drafts(self, candidate: Candidate, plan: Plan) -> Iterator[Draft | Undrafted]:
        """Yield the drafts for a status, one for each of its best media types."""
        for content in self._contents(candidate, plan):
            draft = self._draft(candidate, content, plan)
            if isinstance(draft, Draft) and plan.ties:
                draft = self._tied(draft, candidate, content, plan)
            yield draft

    def _contents(self, candidate: Candidate, plan: Plan) -> list[Content | None]:
        """Return what the body can be; None for no body."""
        if not carries_body(self._operation.method, candidate.status):
            return [None]
        declared = candidate.response.content if candidate.response else {}
        if declared:
            return [*contents(declared, self._effect.request.header("accept"))[:_MAX_CONTENTS]]
        is_read = plan.body or any(use.must for use in self._later.body) or self._reads_body()
        return [Content(_JSON, MediaType(_JSON))] if is_read else [None]

    def _draft(self, candidate: Candidate, content: Content | None, plan: Plan) -> Draft | Undrafted:
        body = self._body(content, plan, candidate.status)
        if isinstance(body, Undrafted):
            return replace(body, candidate=candidate)
        fields = self._fields(candidate, plan, body)
        framing = [("Content-Type", body.type)] if body.type else []
        headers = (*framing, *self._length(fields, plan, body), *fields.fields)
        declared = candidate.response is not None and bool(candidate.response.content)
        missed = body.missed
        return Draft(
            Response(candidate.status, headers, body.content),
            candidate,
            body.place,
            (*body.unmet, *(f"header {name}: {reason}" for name, reason in fields.unmet)),
            declared or content is None,
            content is None or content.accepted,
            fields.undeclared,
            tuple(one.note() for one in missed[:_MAX_MISSED]),
            sum(one.is_lacking for one in missed),
            body.limited or fields.limited,
        )

    def _tied(self, draft: Draft, candidate: Candidate, content: Content | None, plan: Plan) -> Draft | Undrafted:
        """Make the draft again with the right side of each tie set to what the left side turned out to be."""
        tried: Draft | Undrafted = draft
        for tie in plan.ties:
            if not isinstance(tried, Draft):
                return draft
            tried, plan = self._meeting(tried, tie, candidate, content, plan)
        return tried if isinstance(tried, Draft) else draft

    def _meeting(
        self, draft: Draft, tie: Tie, candidate: Candidate, content: Content | None, plan: Plan
    ) -> tuple[Draft | Undrafted, Plan]:
        """Make a draft in which a tie holds; where none is found, the first that was tried, with its plan."""
        first: tuple[Draft | Undrafted, Plan] | None = None
        for start in self._starts(tie, content, plan):
            begun = draft if start is plan else self._draft(candidate, content, start)
            if not isinstance(begun, Draft):
                continue
            ways = tied(tie, evaluate(tie.left, seen_by(begun, self._effect.scope)))
            closer = start + ways[0] if ways else start
            tried = self._draft(candidate, content, closer) if ways else begun
            first = first or (tried, closer)
            if isinstance(tried, Draft) and self._holds(tie, tried):
                return tried, closer
        return first or (draft, plan)

    def _starts(self, tie: Tie, content: Content | None, plan: Plan) -> Iterator[Plan]:
        """Yield plans: as it is, then with the left side at, or beyond, the values that the schema names."""
        yield plan
        schema = self._schemas.described(content.media.schema).schema if content is not None else True
        if self._meetings >= _MAX_MEETINGS:
            return
        self._meetings += 1
        for landmark in landmarks(schema, tie):
            for operator in dict.fromkeys((tie.operator, "==")):
                if operator in FLIPPED:
                    yield from (plan + way for way in against(tie.left, operator, landmark)[:1])

    def _holds(self, tie: Tie, draft: Draft) -> bool:
        scope = seen_by(draft, self._effect.scope)
        return is_held(tie, evaluate(tie.left, scope), evaluate(tie.right, scope))

    def _body(self, content: Content | None, plan: Plan, status: int) -> _Body | Undrafted:
        if content is None:
            return _Body(unmet=("the answer has no body",) if plan.body or plan.markup or self._reads_body() else ())
        marked = in_markup(plan.markup, content.type, content.media.schema)
        plan = replace(plan, body=(*plan.body, *marked))
        later = _possible(self._later.body, content)
        asked = self._wishes(plan, later)
        described = self._schemas.described(content.media.schema)
        written = _written(content) if not asked else None
        if written is not None:
            return _Body(content.type, written, described.place)
        if content.media.schema is None and media.is_json(content.type) and not content.media.examples:
            asked = [*asked, (_OBJECT,)]
        firm = len(asked)
        asked = [*asked, *_status_wishes(content, described.schema, status)]
        source = Source(described, content.media.examples, self._seed)
        made = self._items(content.media) or invent(source, asked)
        if isinstance(made, NoInstance):
            return Undrafted(Candidate(0, None), f"{content.type}: {made.sentence()}", described.place, made.limited)
        if self._lay is not None and 200 <= status < 300:
            made = agreeing(source, made, asked, self._lay(made.value, described.schema))
        told = replace(made, unmet=tuple(one for one in made.unmet if one[0] < firm))
        body = self._encoded(content, _without(told, len(plan.body), len(later)), described.place)
        missed = tuple(_missed(later, made, len(plan.body), "the body", described.place))
        return body if isinstance(body, Undrafted) else replace(body, missed=missed, limited=made.limited)

    def _reads_body(self) -> bool:
        return any(isinstance(read, Exchange) and read.part == "body" for read in self._reads)

    def _items(self, described: MediaType) -> Invented | NoInstance | None:
        """Make the one item of a sequence that is described by its items alone (OpenAPI 3.2, Media Type Object)."""
        if described.schema is not None or described.item_schema is None:
            return None
        made = invent(Source(self._schemas.described(described.item_schema), (), self._seed), [])
        return made if isinstance(made, NoInstance) else replace(made, value=[made.value])

    def _encoded(self, content: Content, made: Invented, place: str) -> _Body | Undrafted:
        unmet = tuple(reason for _, reason in made.unmet)
        if media.is_xml(content.type) and not isinstance(made.value, str):
            document = markup.xml(made.value, content.media.schema)
            return _Body(content.type, document.encode("utf-8", "replace"), place, unmet)
        encoded = encode_body(
            content.type,
            made.value,  # type: ignore[arg-type]  # JSON is a Value; lists are only invariant
            content.media,
            from_whole_expression=True,
            boundary_seed=str(self._seed),
        )
        if not isinstance(encoded, Unserialisable):
            return _Body(encoded.content_type, encoded.content, place, unmet)
        text = json_text(made.value)  # type: ignore[arg-type]  # JSON is a Value; lists are only invariant
        if isinstance(text, Unserialisable):
            return Undrafted(Candidate(0, None), f"{content.type}: {text.reason}", place)
        return _Body(content.type, text.encode(), place, unmet)

    def _wishes(self, plan: Plan, later: tuple[LaterUse, ...]) -> list[Wish]:
        """Return what is wished of the body: what criteria need, what later uses need, then what outputs read."""
        needed: list[Wish] = [(schema,) for schema in plan.body]
        useful = [plan.body for read in self._reads for plan in wish_at(read, wishes.PRESENT)]
        there = [plan.body for read in self._reads for plan in wish_at(read, True)]
        needed += [use.nested() for use in later]
        return needed + [(*a, *b) for a, b in zip(useful, there, strict=True) if a]

    def _fields(self, candidate: Candidate, plan: Plan, body: _Body) -> Fields:
        wanted: dict[str, list[Wish]] = {}
        for name, schema in plan.headers:
            wanted.setdefault(name, []).append((schema,))
        for read in self._reads:
            if isinstance(read, Exchange) and read.part == "header":
                wanted.setdefault(read.name.lower(), []).append((wishes.PRESENT, True))
        for name, use in self._later.headers:
            wanted.setdefault(name, []).append(use.schemas)
        declared = dict(candidate.response.headers) if candidate.response else {}
        if self._locate is None or not 200 <= candidate.status < 300:
            return header_fields(declared, wanted, self._schemas, self._seed)
        shown: JSON = json.loads(body.content) if body.content and media.is_json(body.type) else None
        return header_fields(declared, wanted, self._schemas, self._seed, {"location": partial(self._locate, shown)})

    def _length(self, fields: Fields, plan: Plan, body: _Body) -> list[tuple[str, str]]:
        """Return Content-Length where something reads it: it follows from the body."""
        read = {read.name.lower() for read in self._reads if isinstance(read, Exchange)}
        asked = "content-length" in read or any(name == "content-length" for name, _ in plan.headers)
        return [("Content-Length", str(len(body.content)))] if asked else []


def seen_by(draft: Draft, scope: Scope) -> Scope:
    """Return what expressions see once the draft has been received."""
    return replace(scope, response=receive(draft.response)[0])


def _read(step: BoundStep) -> Iterator[Expression]:
    """Yield the parts of the answer that outputs read, and those that criteria read which are no simple conditions."""
    for _, compiled in step.outputs:
        yield from (found for found in expressions_of(compiled) if _is_answer(found))
    for check in step.criteria:
        if not is_understood(check):
            yield from (found for found in check.expressions if _is_answer(found))


def _possible(later: tuple[LaterUse, ...], content: Content) -> tuple[LaterUse, ...]:
    """Return the later uses that say something of content of a type: what is no JSON is read as one text."""
    if media.is_json(content.type):
        return later
    return tuple(use for use in later if bool(use.path) is media.is_xml(content.type))


def _missed(later: tuple[LaterUse, ...], made: Invented, start: int, part: str, place: str) -> Iterator[Missed]:
    """Yield the later uses that were not met, or only in a weaker way; their wishes begin with number `start`."""
    for faults, whole in ((made.unmet, True), (made.weakened, False)):
        for number, reason in faults:
            if start <= number < start + len(later):
                use = later[number - start]
                yield Missed(use, part, place, reason, whole and use.must)


def _without(made: Invented, start: int, count: int) -> Invented:
    """Return what was made without the faults of later uses, which are told by themselves."""
    return replace(made, unmet=tuple(one for one in made.unmet if not start <= one[0] < start + count))


def _status_wishes(content: Content, schema: JSON, status: int) -> list[Wish]:
    """Return what is wished of an error's body without a word where it can't be: the status in it is its own.

    An example is what the author of the description means, and is left as it is.
    """
    if status < 400 or not media.is_json(content.type) or content.media.examples:
        return []
    numbered = [name for name in _STATUS_MEMBERS if _is_number(member(schema, name))]
    return [({"properties": {name: {"const": status}}},) for name in numbered]


def _is_number(schema: JSON) -> bool:
    return bool(types := types_of(schema) - {"null"}) and types <= {"integer", "number"}


def _is_answer(expression: Expression) -> bool:
    return isinstance(expression, Exchange) and expression.side == "response"


def _written(content: Content) -> bytes | None:
    """Return an example that is text of the media type already: XML and the like are shown so."""
    if media.is_json(content.type):
        return None
    texts = (example for example in content.media.examples if isinstance(example, str) and example)
    found = next(texts, None)
    return None if found is None else found.encode("utf-8", "replace")

"""Walking a program without running it: each workflow that runs before, each step, each called workflow, in order.

Every step is taken to succeed, and no action to lead elsewhere. An output is known where it is made of nothing but
inputs, constants and requests; a stand-in takes the place of any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from arazzo_runner.contract import Breach, Contract
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.engine.contracts import REQUEST_BREAKS, failure, request_breaches
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.request import Built, Unbuildable
from arazzo_runner.engine.settings import Settings
from arazzo_runner.errors import InputsError
from arazzo_runner.expressions.scope import Scope, Sent, WorkflowRecord
from arazzo_runner.preview.leading import Leading, inputs_read, reads_answer
from arazzo_runner.preview.model import Preview, StepPreview
from arazzo_runner.preview.requests import Builder
from arazzo_runner.preview.stand_ins import StandIns
from arazzo_runner.program.inputs import nested_secrets, settle
from arazzo_runner.program.model import BoundStep, BoundWorkflow, OperationCall, Program, WorkflowCall, WorkflowKey
from arazzo_runner.redact import Redactor
from arazzo_runner.values import Nothing, Value

Outputs = Mapping[str, Value | Nothing]


def preview_program(
    program: Program,
    inputs: Mapping[str, Value],
    settings: Settings,
    *,
    inputs_for: Mapping[str, Mapping[str, Value]] | None = None,
    redactor: Redactor | None = None,
    every: bool = False,
) -> Preview:
    """Show what a run of the program would send with these inputs; a required input that is missing is stood in for.

    So is one that is not required, where a request can't be built without it, or with `every` wherever it is read.
    `redactor` knows the caller's credentials.

    Raises:
        InputsError: an input that was given does not fit, as in a run.
    """
    document = program.workflow.document
    stand_ins = StandIns.of("" if document is None else document.source.text)
    builder = Builder(settings, stand_ins, redactor or Redactor())
    walk = _Walk(program, builder, inputs_for or {}, every)
    walk.begin(inputs)
    return Preview(program.entry.workflow_id, tuple(walk.steps), tuple(walk.missing), program.warnings, walk.cut)


@dataclass(slots=True)
class _Active:
    """A workflow while it is walked: its inputs, and the outputs of its steps so far.

    `prefix` stands before the names of its inputs where a caller can give them; None for a called workflow.
    """

    flow: BoundWorkflow
    inputs: Mapping[str, Value]
    path: tuple[str, ...]
    callers: tuple[WorkflowKey, ...]
    outputs: dict[str, Outputs] = field(default_factory=dict)
    prefix: str | None = None


@dataclass(slots=True)
class _Walk:
    program: Program
    builder: Builder
    inputs_for: Mapping[str, Mapping[str, Value]]
    every: bool = False
    steps: list[StepPreview] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    cut: str = ""
    contract: Contract = field(default_factory=Contract)
    run_inputs: Mapping[str, Value] = field(default_factory=dict)
    records: dict[WorkflowKey, WorkflowRecord] = field(default_factory=dict)

    @property
    def stand_ins(self) -> StandIns:
        return self.builder.stand_ins

    def begin(self, inputs: Mapping[str, Value]) -> None:
        flow = self.program.workflow
        known = [key.workflow_id for key in self.program.workflows if key != flow.key]
        unknown = [name for name in self.inputs_for if name not in known]
        if unknown:
            raise InputsError(
                f"there is no workflow '{unknown[0]}' that this one leads to", did_you_mean(unknown[0], known)
            )
        self.run_inputs = self._settled(flow, inputs, "")
        self._workflow(flow, self.run_inputs, (), (), "")

    # ------------------------------------------------------------ workflows

    def _workflow(
        self,
        flow: BoundWorkflow,
        inputs: Mapping[str, Value],
        path: tuple[str, ...],
        callers: tuple[WorkflowKey, ...],
        prefix: str | None = None,
    ) -> Outputs:
        self._before(flow, inputs, path, callers)
        active = _Active(flow, inputs, path, (*callers, flow.key), self._later(flow), prefix)
        for step in flow.steps:
            if len(self.steps) >= self.builder.settings.limits.max_steps:
                self.cut = f"more than {self.builder.settings.limits.max_steps} steps (--max-steps)"
                break
            active.outputs[step.step_id] = self._step(active, step)
        outputs = self._given_by(active)
        self.records[flow.key] = WorkflowRecord(active.inputs, outputs)
        return outputs

    def _given_by(self, active: _Active) -> Outputs:
        """Return the outputs of a workflow; one that is not known is named by the workflow, for whoever reads it."""
        leading = Leading(self._scope(active), self.stand_ins)
        outputs: dict[str, Value | Nothing] = {}
        for name, compiled in active.flow.outputs:
            found = leading.filled(compiled)
            if reads_answer(compiled) or self.stand_ins.stand_in(found):
                found = self.stand_ins.make(f"$workflows.{active.flow.key.workflow_id}.outputs.{name}")
            outputs[name] = found
        return outputs

    def _before(
        self, flow: BoundWorkflow, inputs: Mapping[str, Value], path: tuple[str, ...], callers: tuple[WorkflowKey, ...]
    ) -> None:
        """Walk what a workflow depends on, each once, with the inputs that a run would give it (DEP-09)."""
        for key in flow.depends_on:
            if key in self.records or key in callers:
                continue
            needed = self.program.workflows[key]
            known = {**self.run_inputs, **inputs}
            shared = {name: value for name, value in known.items() if name in needed.inputs.properties}
            given = shared | dict(self.inputs_for.get(key.workflow_id, {}))
            settled = self._settled(needed, given, f"{key.workflow_id}:")
            self._workflow(needed, settled, path, (*callers, flow.key), f"{key.workflow_id}:")

    def _later(self, flow: BoundWorkflow) -> dict[str, Outputs]:
        """Return stand-ins for the outputs of all steps, where an action may run them before their turn."""
        leads = any(one.step_id for step in flow.steps for one in (*step.on_success, *step.on_failure))
        return {step.step_id: self._unknown(step) for step in flow.steps} if leads else {}

    def _settled(self, flow: BoundWorkflow, given: Mapping[str, Value], prefix: str) -> dict[str, Value]:
        """Settle inputs with stand-ins for the required ones that are missing.

        Raises:
            InputsError: something is wrong with the others.
        """
        filled = settle(flow.inputs, given).inputs
        wanted = flow.inputs.properties if self.every else flow.inputs.required
        lacking = [name for name in wanted if name not in filled]
        self.missing += [one for name in lacking if (one := prefix + name) not in self.missing]
        whole = {**given, **{name: self.stand_ins.make(f"$inputs.{name}") for name in lacking}}
        settled = settle(flow.inputs, whole, spared=self.stand_ins.stand_in)
        self._learn(flow, settled.inputs)
        if settled.problems:
            told = "\n  ".join(map(self.builder.redactor.text, settled.problems))
            head = f"the inputs of workflow '{flow.key.workflow_id}' do not fit"
            raise InputsError(f"{head}:\n  {told}", "nothing was sent")
        return settled.inputs

    def _learn(self, flow: BoundWorkflow, inputs: Mapping[str, Value]) -> None:
        known = [value for name, value in inputs.items() if name in flow.inputs.secret]
        for value in (*known, *nested_secrets(flow.inputs, inputs)):
            if not self.stand_ins.stand_in(value):
                self.builder.redactor.learn(value)

    # ------------------------------------------------------------ steps

    def _step(self, active: _Active, step: BoundStep) -> Outputs:
        path = (*active.path, step.step_id)
        if isinstance(step.call, WorkflowCall):
            return self._called(active, step, step.call, path)
        built = self.builder.build(step.call, self._scope(active), path)
        if isinstance(built, Unbuildable) and active.prefix is not None:
            built = self._needed(active, step.call, path, built)
        workflow = active.flow.key.workflow_id
        if isinstance(built, Unbuildable):
            reason = self.stand_ins.readable(self.builder.redactor.text(built.reason))
            self.steps.append(StepPreview(path, workflow, reason=reason, span=step.span))
            return self._unknown(step)
        self.steps.append(self._judged(path, workflow, step, built))
        return self._outputs(step, self._scope(active, built.sent))

    def _needed(
        self, active: _Active, call: OperationCall, path: tuple[str, ...], found: Unbuildable
    ) -> Built | Unbuildable:
        """Stand in for inputs without which the request can't be built, though the schema does not require them."""
        built: Built | Unbuildable = found
        given = dict(active.inputs)
        for name in inputs_read(call):
            if isinstance(built, Built) or name in given:
                continue
            more = {**given, name: self.stand_ins.make(f"$inputs.{name}")}
            tried = self.builder.build(call, replace(self._scope(active), inputs=more), path)
            if tried != built:
                built, given = tried, more
        if isinstance(built, Unbuildable):
            return found
        self.missing += [f"{active.prefix}{name}" for name in given if name not in active.inputs]
        active.inputs = given
        return built

    def _judged(self, path: tuple[str, ...], workflow: str, step: BoundStep, built: Built) -> StepPreview:
        """Judge a request against the API's contract, as a run does; with stand-ins in it nothing can be judged."""
        settings = self.builder.settings
        found: tuple[Breach, ...] = ()
        if not self.stand_ins.of_request(built.request):
            found = request_breaches(settings, self.contract, step, built)
        failed = failure(settings, found, REQUEST_BREAKS)
        if failed:
            reason = self.builder.redactor.text(failed.partition("\n")[0])
            return StepPreview(path, workflow, reason=f"{reason}; it is not sent (--check-level fail)", span=step.span)
        told = tuple(f"{breach.message} (see {breach.span.place()})" for breach in found)
        return self._built(path, workflow, step, replace(built, remarks=(*built.remarks, *told)))

    def _built(self, path: tuple[str, ...], workflow: str, step: BoundStep, built: Built) -> StepPreview:
        request: Request = built.request
        return StepPreview(
            path,
            workflow,
            self.builder.in_the_clear(request),
            self.builder.shown(request),
            span=step.span,
            placeholders=self.stand_ins.of_request(request),
            remarks=tuple(self.stand_ins.readable(self.builder.redactor.text(one)) for one in built.remarks),
            login="" if request.login is None else request.login.username,
            wanted=built.wanted,
        )

    def _called(self, active: _Active, step: BoundStep, call: WorkflowCall, path: tuple[str, ...]) -> Outputs:
        """Walk a called workflow; one that calls itself, at any remove, is not walked again."""
        target, workflow = self.program.workflows[call.workflow], active.flow.key.workflow_id
        name = call.workflow.workflow_id
        given, reason = self._arguments(active, call)
        settled: dict[str, Value] = {}
        if not reason:
            found = settle(target.inputs, given, spared=self.stand_ins.stand_in)
            settled, reason = found.inputs, "; ".join(f"workflow '{name}': {one}" for one in found.problems)
        if call.workflow in active.callers:
            reason = reason or f"workflow '{name}' is being shown already: what it calls again is left out"
        shown = self.stand_ins.readable(self.builder.redactor.text(reason))
        self.steps.append(StepPreview(path, workflow, calls=name, reason=shown, span=step.span))
        if reason:
            return self._unknown(step)
        self._learn(target, settled)
        outputs = self._workflow(target, settled, path, active.callers)
        literal = self.builder.settings.strict
        return self._outputs(step, self._scope(active, None, None if literal else outputs))

    def _arguments(self, active: _Active, call: WorkflowCall) -> tuple[dict[str, Value], str]:
        """Return what a called workflow is given, or why it can't be called."""
        leading = Leading(self._scope(active), self.stand_ins)
        given: dict[str, Value] = {}
        for argument in call.arguments:
            match leading.filled(argument.value):
                case Nothing(optional=True):
                    continue
                case Nothing(reason=reason):
                    return {}, f"input '{argument.name}' has no value: {reason}"
                case value:
                    given[argument.name] = value
        return given, ""

    def _outputs(self, step: BoundStep, scope: Scope) -> Outputs:
        """Return the outputs of a step; those of a called workflow that are not known are named by the caller."""
        leading = Leading(scope, self.stand_ins)
        is_call = isinstance(step.call, WorkflowCall)
        outputs: dict[str, Value | Nothing] = {}
        for name, compiled in step.outputs:
            found = self._output(step, name) if reads_answer(compiled) else leading.filled(compiled)
            outputs[name] = self._output(step, name) if is_call and self.stand_ins.stand_in(found) else found
            if name in step.secret_outputs and not self.stand_ins.stand_in(outputs[name]):
                self.builder.redactor.learn(outputs[name])
        return outputs

    def _unknown(self, step: BoundStep) -> Outputs:
        return {name: self._output(step, name) for name, _ in step.outputs}

    def _output(self, step: BoundStep, name: str) -> str:
        return self.stand_ins.make(f"$steps.{step.step_id}.outputs.{name}")

    def _scope(self, active: _Active, request: Sent | None = None, outputs: Outputs | None = None) -> Scope:
        return Scope(
            inputs=active.inputs,
            steps=dict(active.outputs),
            workflows=self._records(active.flow.key.document),
            outputs=outputs,
            request=request,
            sources=active.flow.source_fields,
            self_uri=active.flow.self_uri,
        )

    def _records(self, document: str) -> dict[str, WorkflowRecord]:
        """Return the workflows that were walked by their ids; those of this document win over others (DEP-11)."""
        foreign = {key.workflow_id: one for key, one in self.records.items() if key.document != document}
        return foreign | {key.workflow_id: one for key, one in self.records.items() if key.document == document}

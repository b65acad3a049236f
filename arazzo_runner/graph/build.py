"""From a document to its graph, without sources and without judging: what is broken is drawn as far as it is there.

The default of an outcome is an edge only where no action always replaces it: on to the next step, or to the end, after
success; to the failure of the workflow after failure (Arazzo 1.1, Step Object: onSuccess, onFailure).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from arazzo_runner.document.model import Action, Description, Step, Workflow
from arazzo_runner.graph.actions import actions_of, is_certain, label_of, shortened
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Graph, Node, NodeKind
from arazzo_runner.graph.naming import PREFIX, Named, Naming, Sources
from arazzo_runner.graph.order import steps_in_order
from arazzo_runner.values import Path

MAX_FIGURES: Final = 500
"""Workflows of one graph; those beyond are left out of it."""

STEPS = ".steps."
LOCAL = "$workflows."

Targets: TypeAlias = Mapping[tuple[str, Path], str]
"""What steps call, by the URI of their document and their place in it, where more is known than the document says."""


def graph_of(
    description: Description,
    workflow_id: str | None = None,
    *,
    sources: Sources = lambda description: {},
    targets: Targets | None = None,
) -> Graph:
    """Return the graph of a workflow and of all that it can reach, or of a whole document; never raises.

    A `workflow_id` that the document does not have gives an empty graph. `sources` gives the Arazzo documents among
    the sources of one, whose workflows are drawn too where a drawn one leads there.
    """
    naming = Naming(sources)
    if workflow_id is None:
        chosen = [
            Named(naming.name(description, flow.workflow_id), flow, description) for flow in description.workflows
        ]
    else:
        first = description.workflow(workflow_id)
        chosen = [] if first is None else [Named(naming.name(description, workflow_id), first, description)]
    drawn: dict[int, Figure] = {}
    for one in chosen:  # which grows
        if one.workflow is None or one.description is None or id(one.workflow) in drawn:
            continue
        if len(drawn) == MAX_FIGURES:
            break
        sheet = _Sheet(one.description, one.workflow, naming, targets or {})
        drawn[id(one.workflow)] = sheet.figure(one.name)
        chosen += sheet.reached
    return Graph(tuple(drawn.values()))


@dataclass(slots=True)
class _Sheet:
    """A figure while it is drawn. `ids` are the nodes of its steps, in the order in which they run."""

    description: Description
    workflow: Workflow
    naming: Naming
    targets: Targets
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[Edge, None] = field(default_factory=dict)
    reached: list[Named] = field(default_factory=list)
    ids: list[tuple[str, Step]] = field(default_factory=list)
    made: dict[tuple[NodeKind, str, bool], str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def figure(self, name: str) -> Figure:
        self.taken.update(step.step_id for step in self.workflow.steps)
        start = self._unique("start")
        self.nodes[start] = Node(start, NodeKind.START, "Start")
        for step in steps_in_order(self.description, self.workflow):
            self._add_step(step)
        self._dependencies(start)
        self._edge(start, self.ids[0][0] if self.ids else self._end(), EdgeKind.NEXT)
        for index, (node, step) in enumerate(self.ids):
            self._call(node, step)
            self._needs(node, step)
            self._outcomes(index, node, step)
        title = shortened(self.workflow.summary)
        return Figure(name, title, tuple(self._sorted()), tuple(self.edges))

    def _sorted(self) -> Iterator[Node]:
        """Yield the nodes: the start, the steps as they run, the ends, and what else is named."""
        for kind in NodeKind:
            yield from (node for node in self.nodes.values() if node.kind is kind)

    def _add_step(self, step: Step) -> None:
        own = step.step_id and step.step_id not in self.nodes
        node = step.step_id if own else self._unique(step.step_id or "step")
        place = self.description.span((*step.at, "stepId")).place()
        target, called = self._target(step)
        self.nodes[node] = Node(node, NodeKind.STEP, shortened(step.step_id) or "(no stepId)", target, called, place)
        self.ids.append((node, step))

    def _target(self, step: Step) -> tuple[str, str]:
        """Return what a step calls, and the figure of the workflow that it calls."""
        if step.workflow_id is not None:
            found = self._found(step.workflow_id)
            return f"workflow {shortened(found.name)}", found.name
        known = self.targets.get((self.description.source.uri, step.at))
        return known or shortened(_operation(step)), ""

    def _call(self, node: str, step: Step) -> None:
        if step.workflow_id is not None:
            self._edge(node, self._beside(step.workflow_id), EdgeKind.CALL)

    def _dependencies(self, start: str) -> None:
        """Add what runs before the workflow (Arazzo 1.1, Workflow Object: dependsOn)."""
        for name in self.workflow.depends_on:
            self._edge(self._beside(name), start, EdgeKind.DEPENDS)

    def _needs(self, node: str, step: Step) -> None:
        """Add what must have completed before a step (Arazzo 1.1, Step Object: dependsOn)."""
        for name in step.depends_on:
            self._edge(self._needed(name), node, EdgeKind.DEPENDS)

    def _needed(self, name: str) -> str:
        if name in self.nodes or not name.startswith((LOCAL, PREFIX)):
            return self._step_node(name, beside=True)
        head, parted, step_id = name.rpartition(STEPS)
        if not parted:
            return self._missing(name, beside=True)
        label = f"{head.removeprefix(LOCAL).removeprefix(PREFIX)}{STEPS}{step_id}"
        return self._beside(head.removeprefix(LOCAL), label, step_id)

    def _outcomes(self, index: int, node: str, step: Step) -> None:
        for passed, outcome in ((True, "success"), (False, "failure")):
            actions = actions_of(self.description, self.workflow, step, passed=passed)
            for action in actions:
                self._action(node, action, outcome)
            if any(map(is_certain, actions)):
                continue
            if passed and index + 1 < len(self.ids):
                self._edge(node, self.ids[index + 1][0], EdgeKind.NEXT, outcome)
            else:
                self._edge(node, self._end() if passed else self._failure(), EdgeKind.END, outcome)

    def _action(self, node: str, action: Action, outcome: str) -> None:
        name, label = shortened(action.name), label_of(action)
        match action.type:
            case "end":
                target = self._end() if outcome == "success" else self._failure()
                self._edge(node, target, EdgeKind.END, outcome, name, label)
            case "retry":
                referred = self._referred(node, action)
                if referred is not None:
                    self._edge(node, referred, EdgeKind.CALL, outcome, name, "before the retry")
                self._edge(node, node, EdgeKind.RETRY, outcome, name, label)
            case "goto":
                self._edge(node, self._led(action), EdgeKind.GOTO, outcome, name, label)
            case kind:
                self._edge(node, self._missing(f"action of type '{kind}'"), EdgeKind.GOTO, outcome, name, label)

    def _referred(self, node: str, action: Action) -> str | None:
        """Return the node that runs before a retry; a step that names itself is simply tried again."""
        if action.step_id is not None and action.step_id != node:
            return self._step_node(action.step_id, beside=True)
        return None if action.workflow_id is None else self._beside(action.workflow_id)

    def _led(self, action: Action) -> str:
        """Return the node that an action goes to: a workflow counts before a step."""
        if action.workflow_id is not None:
            return self._workflow_node(action.workflow_id, action.workflow_id)
        return self._step_node(action.step_id) if action.step_id is not None else self._missing("no target")

    def _edge(
        self, source: str, target: str, kind: EdgeKind, outcome: str = "", name: str = "", label: str = ""
    ) -> None:
        self.edges[Edge(source, target, kind, outcome, name, label)] = None

    def _end(self) -> str:
        return self._made(NodeKind.END, "end", "End")

    def _failure(self) -> str:
        return self._made(NodeKind.FAILURE, "failure", "Failure")

    def _missing(self, name: str, what: str = "this is no way to name one", *, beside: bool = False) -> str:
        return self._made(NodeKind.MISSING, f"missing {name}", name, what, beside=beside)

    def _step_node(self, step_id: str, *, beside: bool = False) -> str:
        known = self.nodes.get(step_id)
        if known is not None and known.kind is NodeKind.STEP:
            return step_id
        return self._missing(step_id, "there is no such step", beside=beside)

    def _beside(self, text: str, label: str = "", step_id: str = "") -> str:
        """Return the node of a workflow that is called or depended on, or of a step in it.

        It is another one than the node of the same workflow that is handed over to, from which nothing comes back.
        """
        return self._workflow_node(text, label or text, step_id, beside=True)

    def _workflow_node(self, text: str, label: str, step_id: str = "", *, beside: bool = False) -> str:
        found = self._found(text)
        name = label if step_id else found.name
        if found.missing:
            return self._missing(name, "there is no such workflow", beside=beside)
        if step_id and found.workflow is not None and found.workflow.step(step_id) is None:
            return self._missing(name, "there is no such step", beside=beside)
        self.reached.append(found)
        return self._made(NodeKind.WORKFLOW, f"workflow {name}", name, "", found.name, beside=beside)

    def _found(self, text: str) -> Named:
        return self.naming.find(self.description, text)

    def _made(
        self, kind: NodeKind, wanted: str, label: str, target: str = "", workflow: str = "", *, beside: bool = False
    ) -> str:
        key = (kind, wanted, beside)
        if key not in self.made:
            self.made[key] = node = self._unique(shortened(wanted))
            self.nodes[node] = Node(node, kind, shortened(label) or "(nothing)", target, workflow)
        return self.made[key]

    def _unique(self, wanted: str) -> str:
        """Return an id that no node has, and take it."""
        node, number = wanted, 1
        while node in self.taken:
            number += 1
            node = f"{wanted} ({number})"
        self.taken.add(node)
        return node


def _operation(step: Step) -> str:
    """Return what a step calls as far as its own text tells: ``POST /path`` of an operationPath."""
    if step.operation_id is not None:
        return step.operation_id.removeprefix(PREFIX)
    if step.operation_path is not None:
        _, parted, pointer = step.operation_path.rpartition("#/paths/")
        path, _, method = pointer.rpartition("/")
        unescaped = path.replace("~1", "/").replace("~0", "~")
        return f"{method.upper()} {unescaped}" if parted and path else step.operation_path
    return step.channel_path or ""

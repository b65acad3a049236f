"""Who a run and its requests are in a distributed trace (W3C Trace Context).

The engine has no chance, so ids follow from what is known: the trace from the run's id and seed, the span of a request
from its step and how many requests the step has sent. A replay has the same ids.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

HEADER: Final = "traceparent"
SAMPLED: Final = "01"

_FORM: Final = re.compile(r"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_VERSION: Final = "00"
_SAMPLED_BIT: Final = 1


@dataclass(frozen=True, slots=True)
class TraceParent:
    """A span in its trace: `trace_id` has 32 hexadecimal digits, `span_id` 16; `flags` says whether it is sampled.

    `parent_id` is the span of somebody else that this one hangs below, empty for none; it is no part of the text.
    """

    trace_id: str
    span_id: str
    flags: str = SAMPLED
    parent_id: str = ""

    def __str__(self) -> str:
        return f"{_VERSION}-{self.trace_id}-{self.span_id}-{self.flags}"


def parse(text: str) -> TraceParent | None:
    """Read the value of a `traceparent` header; None where it is none (W3C Trace Context, section 3.2)."""
    found = _FORM.fullmatch(text.strip())
    if found is None or (found[1] == _VERSION and found[5]):
        return None
    return TraceParent(found[2], found[3], f"{int(found[4], 16) & _SAMPLED_BIT:02x}")


def of_run(trace: str | None, run_id: str, seed: int) -> TraceParent | None:
    """Return the span of a run; None where it has none.

    `trace` is what the settings want: None for nothing, an empty text for a trace of the run's own, or the traceparent
    of whoever started the run, whose trace goes on.
    """
    if trace is None:
        return None
    caller = parse(trace)
    if caller is None:
        return TraceParent(_digits(32, "trace", run_id, str(seed)), _digits(16, "run", run_id, str(seed)))
    return TraceParent(caller.trace_id, _digits(16, "run", trace, run_id, str(seed)), caller.flags, caller.span_id)


def below(parent: TraceParent, *names: str) -> TraceParent:
    """Return a span of the same trace; the same `names` give the same one."""
    span = _digits(16, parent.trace_id, parent.span_id, *names)
    return TraceParent(parent.trace_id, span, parent.flags, parent.span_id)


def _digits(count: int, *names: str) -> str:
    """Return hexadecimal digits that follow from names; all zeros, which no id may be, would need a broken SHA-256."""
    return hashlib.sha256("\n".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:count]

"""Two journals, side by side: which steps belong together, and what differs in them."""

from arazzo_runner.journal.comparison.comparing import compare
from arazzo_runner.journal.comparison.record import Comparison, Difference, Kind

__all__ = ["Comparison", "Difference", "Kind", "compare"]

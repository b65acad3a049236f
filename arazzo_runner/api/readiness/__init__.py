"""What a document needs to run here and now: sources, servers, credentials, inputs, and the command to type."""

from arazzo_runner.api.readiness.examination import Carried, GivenInputs, examine

__all__ = ["Carried", "GivenInputs", "examine"]

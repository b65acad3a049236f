"""Answers invented from an API description, so that a workflow runs with no account and no network."""

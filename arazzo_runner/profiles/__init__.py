"""Profiles: what a user wrote down beforehand in `arazzo.toml`, for the runs of a project.

    a folder -> search.find -> a path -> toml.read -> Written -> profile.choose -> Profile

A file is only taken where nobody else could have put it (`ownership`). Nothing here is ever written, no secret is
ever held: a profile has references to secrets, which `references` resolves when a run wants them.
"""

"""The version and the name made of it, alone in a module so that asking for them imports nothing else."""

VERSION = "0.1.0"

USER_AGENT = f"arazzo-flow/{VERSION}"
"""What the runner calls itself in requests, those for documents included."""

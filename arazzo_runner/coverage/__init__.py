"""Which ways through a workflow were gone: its edges, the trail of a run, and what many runs together have covered.

edges     every way out of every step: its actions, and what happens where none fires
trail     the edges that the events of one run show
record    which edges runs have taken, and why others can't be
"""

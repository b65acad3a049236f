"""Many runs, told: a line of JSON for each row, how far they have come, and how they ended."""

"""What later uses of a value want of it: read out of a program before it runs."""

"""Attacks on the grader, one file each, and what must come of them: python -m tests.hostile."""

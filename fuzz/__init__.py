"""Fuzzing: whatever bytes come, the work on them ends and breaks nothing. See README.md.

Each module but `promise` is a target: `SEEDS` to begin with, `check(data)` that raises where the
promise is broken, and `WORDS`, where there are any, that the fuzzer may put in.
"""

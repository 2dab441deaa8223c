"""A campaign of faults over `watch`, `serve` and `run` on one store: `python -m benchmarks.faults`.

servers    feeds, pages and a webhook receiver on loopback, which can fail, and their ledgers
children   the processes that are disturbed; nursery   starts and ends them
volume     a small disk, which can be filled
campaign   rounds: something is published, something goes wrong
verdict    what was lost, told twice or broken
"""

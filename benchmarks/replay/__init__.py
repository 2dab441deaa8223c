"""A day of 200 feeds at speed: `python -m benchmarks.replay`.

script   what stands at which address, hour by hour: articles, edits, faults
feeds    items as RSS, Atom, JSON feed or sitemap
proof    politeness, read off the server's own log
"""

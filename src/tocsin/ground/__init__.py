"""Step 3, mean: a Reading's words become values, each a claim with its evidence.

`ground(article, reading, gazetteer, actors)` is the whole room.
"""

from __future__ import annotations

from tocsin.ground.ground import ground

__all__ = ["ground"]

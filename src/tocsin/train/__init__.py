"""Train: fits the learned parts. Needs the training extra; nothing at run time imports it."""

from __future__ import annotations

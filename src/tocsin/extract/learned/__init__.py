"""The learned reader: one compact encoder, run by onnxruntime, behind the extractor's interface."""

from __future__ import annotations

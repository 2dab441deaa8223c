"""XML files of alerts, which appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from lxml import etree

from tocsin.alert.deliver import NotDelivered


def to_xml(root: etree._Element) -> bytes:
    """The document as UTF-8."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def write_whole(path: Path, content: bytes) -> None:
    """Write the file so that no reader, and no kill or power cut, sees a part of it.

    Raises NotDelivered where the disk does not let it.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise NotDelivered(f"{path} cannot be written: {error.strerror}") from error

"""The id of a cluster's incident: the content id of its founding report."""

from __future__ import annotations

from tocsin.records.context import incident_id_of
from tocsin.resolve.cluster import Cluster


def incident_id(cluster: Cluster) -> str:
    """`inc_` and a content hash of the founding report's id: equal to the id `fuse` gives."""
    return incident_id_of(cluster.reports)

"""Contenders of the speed benchmark, each in processes of its own: opened, warmed up, timed."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from tocsin.extract.learned.model import TOKENIZER_FILE, WINDOWS_AT_ONCE, ReaderModel
from tocsin.extract.learned.reader import LearnedExtractor
from tocsin.extract.learned.windows import MARKS, Window, cut_windows, read_pieces
from tocsin.pipeline import Parts
from tocsin.records import Article
from tocsin.where import Gazetteer
from tocsin.who import ActorCatalogue

WARM_UP = 3
Read = Callable[[Article], object]


@dataclass(frozen=True, slots=True)
class Job:
    """What one contender does in each of its processes."""

    folder: Path
    """Of the reader's model: its tokenizer cuts the windows of every contender."""
    tagger: Path | None
    """The tagger's file; None for the reader itself."""
    threads: int
    repeats: int
    profile: Path | None = None
    """Folder for a record of every node that runs; such a run is not to be timed."""


class Measured(NamedTuple):
    """What it took to read the articles once, for each repeat, and memory over all processes."""

    seconds: list[float]
    peak_mb: float


def open_reader(job: Job) -> Read:
    """The learned reader as shipped: gates, network, mentions, grounding."""
    gazetteer, actors = Gazetteer.open(), ActorCatalogue.open()
    extractor = LearnedExtractor(ReaderModel(job.folder, job.threads), gazetteer, actors)
    return Parts(extractor, gazetteer, actors).extract


def open_tagger(job: Job) -> Read:
    """A tagger over the reader's windows, with onnxruntime's own settings but for the threads."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = job.threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(job.tagger), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = open_tokenizer(job.folder)

    def read(article: Article) -> object:
        pieces = read_pieces(article, tokenizer)
        windows = cut_windows(len(pieces))
        return [
            session.run(None, batch(pieces.ids, windows[at : at + WINDOWS_AT_ONCE]))
            for at in range(0, len(windows), WINDOWS_AT_ONCE)
        ]

    return read


def open_tokenizer(folder: Path) -> Tokenizer:
    """The reader's, cutting nothing off."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def batch(ids: Sequence[int], windows: Sequence[Window]) -> dict[str, Any]:
    """`ids` and `keep`, (windows, pieces) each; marks are piece 0 like the padding, which costs as
    much as any other."""
    length = max(map(len, windows)) + MARKS
    pieces = np.zeros((len(windows), length), np.int64)
    keep = np.zeros((len(windows), length), np.float32)
    for row, window in enumerate(windows):
        pieces[row, 1 : len(window) + 1] = ids[window.first : window.last]
        keep[row, : len(window) + MARKS] = 1
    return {"ids": pieces, "keep": keep}


def own_peak_mb() -> float:
    """Peak resident memory of this process alone, in MiB. Where the system tells it, not by
    getrusage, which begins a spawned process with the memory of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _work(
    job: Job,
    articles: Sequence[Article],
    barrier: Barrier,
    results: Queue[tuple[list[float], list[float], float]],
) -> None:
    if job.profile is not None:
        _profile_sessions(job.profile)
    read = open_tagger(job) if job.tagger else open_reader(job)
    for article in articles[:WARM_UP] if job.profile is None else ():
        read(article)
    begun, ended = [], []
    for _ in range(job.repeats):
        barrier.wait()
        begun.append(time.perf_counter())
        for article in articles:
            read(article)
        ended.append(time.perf_counter())
    for session in _sessions:
        session.end_profiling()
    results.put((begun, ended, own_peak_mb()))


_sessions: list[onnxruntime.InferenceSession] = []


def _profile_sessions(folder: Path) -> None:
    """Let every session that this process opens record its nodes in `folder`."""
    plain = onnxruntime.InferenceSession

    def profiled(path: str, options: Any, **others: Any) -> Any:
        options.enable_profiling = True
        options.profile_file_prefix = str(folder / "nodes")
        _sessions.append(plain(path, options, **others))
        return _sessions[-1]

    onnxruntime.InferenceSession = profiled


def measure(job: Job, articles: Sequence[Article], processes: int) -> Measured:
    """Read the articles, dealt out over `processes`; all begin each repeat together, and a repeat
    ends with the last of them."""
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(processes), context.Queue()
    workers = [
        context.Process(target=_work, args=(job, articles[at::processes], barrier, results))
        for at in range(processes)
    ]
    for worker in workers:
        worker.start()
    done: list[tuple[list[float], list[float], float]] = []
    while len(done) < processes:
        if any(worker.exitcode for worker in workers):
            barrier.abort()
            raise RuntimeError(f"a process of {job.tagger or job.folder} failed")
        if not results.empty():
            done.append(results.get())
        else:
            time.sleep(0.05)
    for worker in workers:
        worker.join()
    begun, ended, peaks = zip(*done, strict=True)
    seconds = [
        max(last) - min(first)
        for first, last in zip(zip(*begun, strict=True), zip(*ended, strict=True), strict=True)
    ]
    return Measured(seconds, sum(peaks))

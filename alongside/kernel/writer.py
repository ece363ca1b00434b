"""One fair writer for SQLite: a thread of `serve` that takes commands in turn and commits them in groups.

SQLite lets one writer in at a time. Left to a scramble for its lock, eight writers wait up to a second
and a half; one thread that gathers what comes within 0.4 ms and commits it together is faster, and nobody
waits long.
A refusal undoes only its own command. An unexpected error undoes the group and runs it again one by one, so
that one bad command never takes another down with it.
"""

from __future__ import annotations

import queue
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field

from django.db import connection, transaction

from alongside.kernel import door, writing
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.wire import Wire

GATHER_SECONDS = 0.0004
MOST = 64
EXPECTED = (Refused, NotAllowed, Missing)


@dataclass
class Job:
    submission: door.Submission
    answer: Future[door.Done] = field(default_factory=Future)


class Writer(threading.Thread):
    """The thread. `submit` waits for the commit and gives back what came of it."""

    def __init__(self) -> None:
        super().__init__(name="alongside-writer", daemon=True)
        self.waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.in_company = False  # whether commands came together the last time: one alone need not wait

    def submit(self, submission: door.Submission) -> door.Done:
        job = Job(submission)
        self.waiting.put(job)
        return job.answer.result()

    def stop(self) -> None:
        self.waiting.put(None)
        self.join()

    def run(self) -> None:
        while True:
            first = self.waiting.get()
            if first is None:
                break
            jobs, ends = self._gather(first)
            self.in_company = len(jobs) > 1
            self._commit(jobs)
            if ends:
                break
        connection.close()

    def _gather(self, first: Job) -> tuple[list[Job], bool]:
        jobs, until = [first], time.perf_counter() + (GATHER_SECONDS if self.in_company else 0)
        while len(jobs) < MOST:
            try:
                left = until - time.perf_counter()
                job = self.waiting.get(timeout=left) if left > 0 else self.waiting.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return jobs, True
            jobs.append(job)
        return jobs, False

    def _commit(self, jobs: list[Job]) -> None:
        answers: list[door.Done | BaseException]
        try:
            with transaction.atomic():
                answers = [self._one(job) for job in jobs]
        except Exception as error:  # told to the one who sent it, when it is the only one left
            if len(jobs) == 1:
                jobs[0].answer.set_exception(error)
                return
            for job in jobs:
                self._commit([job])
            return
        for job, answer in zip(jobs, answers, strict=True):
            if isinstance(answer, BaseException):
                job.answer.set_exception(answer)
            else:
                job.answer.set_result(answer)

    def _one(self, job: Job) -> door.Done | BaseException:
        wire = Wire()
        wire.run("SAVEPOINT one_command")
        try:
            done = door.within([job.submission])[0]
        except EXPECTED as refusal:
            wire.run("ROLLBACK TO one_command")
            wire.run("RELEASE one_command")
            return refusal
        wire.run("RELEASE one_command")
        return done


_writer: Writer | None = None


def start() -> None:
    """Start the writer of this process. Only `serve` does, and only on SQLite."""
    global _writer
    if connection.vendor == "sqlite" and _writer is None:
        _writer = Writer()
        _writer.start()
        door.through_writer = submit


def stop() -> None:
    """Let the writer finish what has come, and end it."""
    global _writer
    if _writer is not None:
        door.through_writer = None
        _writer.stop()
        _writer = None


def submit(submission: door.Submission) -> door.Done | None:
    """Hand a command to the writer and wait for its commit; None when this thread must do it itself."""
    inside = writing.inside() or connection.in_atomic_block
    if _writer is None or inside or threading.current_thread() is _writer:
        return None
    return _writer.submit(submission)

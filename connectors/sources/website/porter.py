"""Takes turns at hosts for the processes of a crawl: they say what they want, on a line, and are answered so.

A process that ends gives all back; so does ours, since no turn outlives it (`nianbao.turns`).
"""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from contextvars import copy_context
from typing import IO, Any

from nianbao.turns import NoTurnError, Turns

_ENDED = "没有等到采集这个网站的时机"


class Porter:
    """Serves one process.

    Args:
        turns: what gives them.
        wants: what the process says, a JSON object a line, with a number of its own for each turn:
            `{"turn": 3, "wants": HOST}`; after each request `{"turn": 3, "rests": …}`, until when the host is
            to have its pause; `{"turn": 3}` to give it back.
        told: where it is answered: `{"turn": 3, "until": …}` by the machine's monotonic clock, again whenever
            the turn is renewed, 0 where it is lost; or `{"turn": 3, "problem": …}`.
        seconds: the longest that one of its requests may take.
    """

    def __init__(self, turns: Turns, wants: IO[str], told: IO[str], seconds: float) -> None:
        self._turns, self._wants, self._told, self._seconds = turns, wants, told, seconds
        self._lock = threading.Lock()
        self._given: dict[int, threading.Event] = {}
        self._rests: dict[int, float] = {}
        self._threads: list[threading.Thread] = []
        self._thread = _thread(self._serve)

    def join(self, seconds: float) -> None:
        """Wait until all is given back, so many seconds at most; the process must have ended."""
        self._thread.join(seconds)

    def _serve(self) -> None:
        try:
            for line in self._wants:
                said = json.loads(line)
                number = int(said["turn"])
                if host := said.get("wants"):
                    given = self._given[number] = threading.Event()
                    self._threads = [each for each in self._threads if each.is_alive()]
                    self._threads.append(_thread(self._hold, number, str(host), given))
                elif "rests" in said:
                    self._rests[number] = said["rests"]
                else:
                    self._given.pop(number).set()
        finally:
            for given in self._given.values():
                given.set()
            for thread in self._threads:
                thread.join()

    def _hold(self, number: int, host: str, given: threading.Event) -> None:
        problem = _ENDED
        try:
            with self._turns.at(host, given, self._seconds) as turn:
                problem = ""
                self._say(number, until=turn.until)
                while not given.wait(turn.every):
                    is_ours = turn.renew()
                    self._say(number, until=turn.until if is_ours else 0.0)
                    if not is_ours:
                        return
                # Of a process that has ended, the last pause.
                rest = min(self._rests.get(number, 0.0), turn.until) - time.monotonic()
                time.sleep(max(0.0, rest))
        except NoTurnError as error:
            problem = str(error)
        finally:
            # Whatever happened: who asked waits for an answer.
            if problem:
                self._say(number, problem=problem)

    def _say(self, number: int, **more: Any) -> None:
        # Who has ended does not listen.
        with self._lock, suppress(OSError, ValueError):
            self._told.write(json.dumps({"turn": number} | more) + "\n")
            self._told.flush()


def _thread(work: Any, *given: Any) -> threading.Thread:
    """Start a thread that knows of the same run as this one."""
    thread = threading.Thread(target=copy_context().run, args=(work, *given), daemon=True)
    thread.start()
    return thread

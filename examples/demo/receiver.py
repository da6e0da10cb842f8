"""What the Worker made of the deliveries of a tour: each event taken once, and forgeries refused."""

from __future__ import annotations

import re
import time
from typing import Any

from .http import get_json, post
from .tours import Step

PATIENCE = 20.0
"""How long deliveries may take, in seconds."""

CALLBACKS = 1
NOTIFICATIONS = 3
"""What one tour makes the gateways deliver."""

Event = dict[str, Any]


class Receiver:
    """The Worker, looked at from outside, beside the sandbox that delivers to it."""

    def __init__(self, worker: str, sandbox: str) -> None:
        self._events_url = f"{worker}/events"
        self._deliveries_url = f"{sandbox}/sandbox/deliveries"
        self._known = 0

    def check(self) -> dict[str, list[Step]]:
        """Checks what was delivered since the last time. The steps come after those of their tour."""
        events = self._wait_for_new_events()
        forged_callback = self._forge("callback", r'"amount":1\.00', '"amount":9.00')
        forged_notification = self._forge("notification", r'"secret_key":"\w+"', '"secret_key":"guess"')
        unchanged = events == self._new_events()
        self._known += len(events)
        return {
            "callback": [
                counted("callback, in workerd", of_kind(events, "callback"), CALLBACKS),
                refused("callback, forged", "amount 9.00 instead", forged_callback, unchanged),
            ],
            "notifications": [
                counted("notifications, in workerd", of_kind(events, "notification"), NOTIFICATIONS),
                refused("notification, forged", "a guessed secret_key", forged_notification, unchanged),
            ],
        }

    def _new_events(self) -> list[Event]:
        events: list[Event] = get_json(self._events_url)
        return events[self._known :]

    def _wait_for_new_events(self) -> list[Event]:
        """The new events, as soon as all of them have been delivered twice."""
        deadline = time.monotonic() + PATIENCE
        while True:
            events = self._new_events()
            complete = len(events) >= CALLBACKS + NOTIFICATIONS and all(event["deliveries"] >= 2 for event in events)
            if complete or time.monotonic() > deadline:
                return events
            time.sleep(0.05)

    def _forge(self, kind: str, genuine: str, forged: str) -> tuple[int, str]:
        """Delivers once more what was delivered last, with a genuine signature but other content."""
        delivery = of_kind(get_json(self._deliveries_url)["deliveries"], kind)[-1]
        body, changes = re.subn(genuine, forged, delivery["body"])
        if changes != 1:
            raise RuntimeError(f"a {kind} looks different from what was expected: nothing could be forged")
        status, answer = post(delivery["url"], body.encode(), {"X-SIGNATURE": delivery["signature"] or ""})
        return status, answer.strip()


def of_kind(events: list[Event], kind: str) -> list[Event]:
    """The callbacks, or the notifications."""
    return [event for event in events if event["kind"] == kind]


def counted(name: str, events: list[Event], expected: int) -> Step:
    """Every event was delivered twice, and taken once."""
    deliveries = sum(event["deliveries"] for event in events)
    passed = len(events) == expected and all(event["deliveries"] == 2 for event in events)
    return Step(name, "everything twice", f"{deliveries} verified, {len(events)} taken", passed)


def refused(name: str, sent: str, answer: tuple[int, str], unchanged: bool) -> Step:
    """A forgery was answered with 401, and has changed nothing."""
    status, code = answer
    return Step(name, sent, f"{status} {code}", status == 401 and unchanged)

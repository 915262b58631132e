"""Runs the state machine of a cutover in moto's Step Functions, with a function that a table plays.

    cutover_workflow.py TEMPLATE LOGICAL_ID SCENARIO

prints the execution as workflow.py does.
"""

import sys

from workflow import Refused, run


class Cutover:
    """The cutover function as docs/cutover.md describes it: what it finds is what the scenario says."""

    def __init__(self, ready=True, alarm_at=None, late_at=None, late_for=1, refuse_at=None, broken_at=None,
                 busy_at=None, calls=1, no_way_back=False):
        self.ready, self.alarm_at, self.refuse_at, self.broken_at = ready, alarm_at, refuse_at, broken_at
        self.late_at, self.late_for = late_at, late_for
        self.busy_at, self.calls, self.no_way_back = busy_at, calls, no_way_back
        self.weight, self.phase, self.made, self.throttles = 0, "ready", 0, 2

    def answer(self, event, **members):
        return {"action": event["action"], "run": event["run"], "done": True, "refused": False,
                "forced": False, "reasons": [], "warnings": [], "phase": self.phase,
                "weight": self.weight} | members

    def status(self, event):
        alarmed = self.weight == self.alarm_at
        late = self.weight == self.late_at and self.late_for > 0
        self.late_for -= late
        members = {"alarms": ["orders-are-lost"]} if alarmed else {}
        return self.answer(event, ready=self.ready and not alarmed and not late, **members)

    def move(self, event, weight, phase):
        """Done after as many calls as the scenario says."""
        if weight == self.busy_at and self.throttles:
            self.throttles -= 1
            raise Refused("TooManyRequestsException")
        if weight == self.broken_at:
            return {"errorType": "Cutover.AccessDenied", "errorMessage": "no"}, "Unhandled"
        if weight == self.refuse_at:
            return self.answer(event, done=False, refused=True, reasons=["the task is stopped"]), None
        self.made += 1
        if self.made < self.calls:
            return self.answer(event, done=False), None
        self.made, self.weight, self.phase = 0, weight, phase
        return self.answer(event), None

    def invoke(self, event):
        if event["action"] == "status":
            return self.status(event), None
        if event["action"] == "gradual_cutover":
            return self.move(event, event["aurora_weight"], "shifting")
        if event["action"] == "manual_cutover":
            return self.move(event, 100, "complete")
        if self.no_way_back:
            return self.answer(event, done=False, refused=True, reasons=["writes would be lost"]), None
        return self.move(event, 0, "rolled_back")


SCENARIOS = {
    "good": lambda: Cutover(),
    "unready": lambda: Cutover(ready=False),
    "alarmed": lambda: Cutover(alarm_at=50),
    "late": lambda: Cutover(late_at=50),
    "too-late": lambda: Cutover(late_at=50, late_for=2),
    "refused": lambda: Cutover(refuse_at=50),
    "broken": lambda: Cutover(broken_at=50),
    "busy": lambda: Cutover(busy_at=50),
    "slow": lambda: Cutover(calls=3),
    "alarmed-after": lambda: Cutover(alarm_at=100),
    "stuck": lambda: Cutover(alarm_at=50, no_way_back=True),
}

if __name__ == "__main__":
    run(*sys.argv[1:3], SCENARIOS[sys.argv[3]]())

"""Runs the state machine of a template in moto's Step Functions, with a function that a table plays, or
with the real one that tests/support/lambda.py invokes.

    workflow.py TEMPLATE LOGICAL_ID SCENARIO|PORT

prints the execution as JSON: its status, its output or error, and each event that the function got.
"""

import collections
import json
import os
import re
import sys
import threading
import time
import urllib.request

os.environ.update(AWS_ACCESS_KEY_ID="simulated", AWS_SECRET_ACCESS_KEY="simulated",
                  AWS_DEFAULT_REGION="eu-west-2", AWS_EC2_METADATA_DISABLED="true")

import boto3
from moto import mock_aws
from moto.sns import sns_backends
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils

BUCKET, TOPIC = "reports", "arn:aws:sns:eu-west-2:123456789012:topic"
events, at_work, most_at_work = [], 0, 0
lock = threading.Lock()


def resolved(definition):
    """What CloudFormation would make of the text; every resource has a made-up ARN."""
    text = definition["Fn::Sub"]
    values = {"AWS::Partition": "aws", "Topic": TOPIC,
              "Validator.Arn": "arn:aws:lambda:eu-west-2:123456789012:function:validator",
              "Cutover.Arn": "arn:aws:lambda:eu-west-2:123456789012:function:cutover"}
    text = re.sub(r"\$\{([^}]*)\}", lambda match: values[match.group(1)], text)
    return re.sub(r'"Seconds":\d+', '"Seconds":0', text)  # states that wait need not do so here


class Refused(Exception):
    """What boto raises when Lambda refuses a call."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def result(verdict, pieces, tables=()):
    """What the function says of work; what is not equal can be looked at again."""
    found = {"verdict": verdict, "pieces": pieces, "reasons": [f"{table} differs" for table in tables]}
    return found | ({"again": {"tables": list(tables)}} if tables else {})


class Function:
    """The validator as docs/validator.md describes it: what it compares is what the scenario says."""

    def __init__(self, different=(), rounds=1, refusals=None, broken=None, settles=False, bucket=True,
                 together=None):
        self.different, self.rounds, self.settles, self.bucket = set(different), rounds, settles, bucket
        self.refusals, self.broken = collections.Counter(refusals or {}), broken
        self.together = threading.Barrier(together) if together else None

    def plan(self, event):
        items = [{"tables": [table], "rounds": self.rounds} for table in TABLES]
        answer = {"action": "plan", "run": event["run"], "result": result("equal", len(items))}
        if not self.bucket:
            return answer | {"items": items}
        key = f"validator/{event['run']}/items.json"
        boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=json.dumps(items))
        return answer | {"itemsObject": {"bucket": BUCKET, "key": key}}

    def compare(self, event, work, pieces):
        """Work is done after as many rounds as it says; the last one finds what it finds."""
        if work.get("rounds", 1) > 1:
            next_work = work | {"rounds": work["rounds"] - 1}
            return {"action": event["action"], "done": False, "next": next_work,
                    "result": result("incomplete", pieces)}
        settled = self.settles and event["action"] == "recheck"
        differs = [] if settled else [table for table in work["tables"] if table in self.different]
        return {"action": event["action"], "done": True,
                "result": result("different" if differs else "equal", pieces, differs)}

    def check(self, event):
        if self.together:
            self.together.wait(60)
        return self.compare(event, event["work"], 1)

    def recheck(self, event):
        if "work" in event:
            return self.compare(event, event["work"], event["pieces"])
        again = [part["again"] for part in event["results"] if "again" in part]
        tables = [table for work in again for table in work["tables"]]
        return self.compare(event, {"tables": tables, "rounds": self.rounds if again else 1}, len(again))

    def gate(self, event):
        assert sum(part["pieces"] for part in event["results"]) == event["plan"]["pieces"]
        assert event["recheck"]["pieces"] == sum("again" in part for part in event["results"])
        verdict = "NO_GO" if event["recheck"]["verdict"] == "different" else "GO"
        return {"action": "gate", "verdict": verdict, "reasons": event["recheck"]["reasons"]}

    def invoke(self, event):
        with lock:
            refused = self.refusals[event["action"]] > 0
            self.refusals[event["action"]] -= refused
        if refused:
            raise Refused("TooManyRequestsException")
        if event["action"] == self.broken:
            return {"errorType": "Validator.DatabaseFailed", "errorMessage": "no"}, "Unhandled"
        return getattr(self, event["action"])(event), None


class RealFunction:
    """What is invoked by the Lambda that listens at a port; one at a time, for there is one process."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}/control/invoke?seconds=900"
        self.one = threading.Lock()

    def invoke(self, event):
        request = urllib.request.Request(self.address, json.dumps(event).encode())
        with self.one, urllib.request.urlopen(request, timeout=300) as response:
            said = json.load(response)
        return said["body"], "Unhandled" if said["kind"] == "error" else None


TABLES = [f"shop.t{i:02}" for i in range(12)]
SCENARIOS = {
    "equal": lambda: Function(),
    "different": lambda: Function(different=["shop.t07"]),
    "settles": lambda: Function(different=["shop.t07"], settles=True),
    "slow": lambda: Function(different=["shop.t01"], rounds=3),
    "refused": lambda: Function(refusals={"plan": 2, "check": 3, "gate": 1}),
    "broken": lambda: Function(broken="gate"),
    "together": lambda: Function(together=4),
    "inline": lambda: Function(bucket=False),
}


def play(function):
    def invoke(parameters, region, state_credentials):
        global at_work, most_at_work
        event = json.loads(parameters["Payload"])
        with lock:
            events.append(event)
            if event["action"] == "check":
                at_work += 1
                most_at_work = max(most_at_work, at_work)
        try:
            answer, failed = function.invoke(event)
        except Refused as refused:
            from botocore.exceptions import ClientError
            raise ClientError({"Error": {"Code": refused.code, "Message": "slow down"},
                               "ResponseMetadata": {"HTTPStatusCode": 429, "RequestId": "1"}}, "Invoke")
        finally:
            with lock:
                at_work -= event["action"] == "check"
        return {"StatusCode": 200, "Payload": answer} | ({"FunctionError": failed} if failed else {})

    lambda_eval_utils._invoke_lambda_function = invoke


def run(path, logical_id, function):
    """Plays an execution with a function, and prints it."""
    with open(path, encoding="utf-8") as file:
        properties = json.load(file)["Resources"][logical_id]["Properties"]
    play(function)
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        boto3.client("s3").create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        boto3.client("sns").create_topic(Name="topic")
        states = boto3.client("stepfunctions")
        machine = states.create_state_machine(
            name="workflow",
            definition=resolved(properties["DefinitionString"]),
            roleArn="arn:aws:iam::123456789012:role/workflow")["stateMachineArn"]
        execution = states.start_execution(stateMachineArn=machine, name="run-1", input="{}")
        while True:
            described = states.describe_execution(executionArn=execution["executionArn"])
            if described["status"] != "RUNNING":
                break
            pause(0.02)
        sent = sns_backends["123456789012"]["eu-west-2"].topics[TOPIC].sent_notifications
        json.dump({"status": described["status"], "output": json.loads(described.get("output", "null")),
                   "error": described.get("error"), "mostAtWork": most_at_work, "events": events,
                   "notifications": [[subject, json.loads(message)] for _, message, subject, *_ in sent]},
                  sys.stdout)


class Impatient:
    """Retriers of moto really wait."""

    sleep = staticmethod(lambda seconds: None)


pause = time.sleep
retrier_decl.time = Impatient

if __name__ == "__main__":
    chosen = sys.argv[3]
    run(*sys.argv[1:3], RealFunction(chosen) if chosen.isdigit() else SCENARIOS[chosen]())

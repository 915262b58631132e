"""Stands in for AWS Lambda (lambda.py) and for what the cutover function needs of Route 53, SSM, DMS, CloudWatch and SNS.

    cutover_aws.py serve       as lambda.py; tests/support/cutover.sh has names for what follows

    POST /control/world        sets what a JSON object names: parameters, records, tasks, metrics, alarms; sync_after and
                               turn_after, how often one must look until a change is known and a task has turned; and
                               forgets what was published and called. {} is a migration that is ready
    GET  /control/world        all of it
    POST /control/disturb?action=A&name=N&skip=N&times=N&status=N&code=C&effect=1
                               calls of an action (about a parameter) fail; with effect they have done their work
    POST /control/interfere?name=N
                               somebody else writes the body into a parameter before it is written next
    POST /control/meet?name=N  the next two who read a parameter go on together
    POST /control/seen         a Python expression of the world w, its state s ... must be true
    POST /control/answered     lines NAME=JSON: members of the last answer
    POST /control/holds        a text in the last answer, minified
"""
import calendar
import importlib
import json
import re
import sys
import threading
import time
import traceback
import urllib.parse
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
standin = importlib.import_module("lambda")

TASK = "arn:aws:dms:eu-west-2:123456789012:task:FORWARD"
REVERSE = "arn:aws:dms:eu-west-2:123456789012:task:REVERSE"
STATE, LOCK = "/cutover/state", "/cutover/lock"


def latency(task, value):
    dimensions = {"ReplicationInstanceIdentifier": "replication", "ReplicationTaskIdentifier": task}
    return [{"space": "AWS/DMS", "metric": f"CDCLatency{side}", "dimensions": dimensions,
             "points": [[60 * minute, value] for minute in range(1, 9)]} for side in ("Source", "Target")]


def validation(mismatches, incomplete, age):
    return [{"space": "Cfngen/Migration", "metric": metric, "dimensions": {"FunctionName": "validator"},
             "points": [[age, value], [age + 3600, 9]]}
            for metric, value in (("Mismatches", mismatches), ("Incomplete", incomplete))]


def ready():
    """A migration that may be cut over."""
    return {
        "parameters": {STATE: ['{"version":0,"phase":"waiting","weight":0}'], LOCK: ['{"holder":"","until":0}']},
        "records": [{"id": "source", "weight": 100, "host": "old.example.net", "ttl": 60},
                    {"id": "target", "weight": 0, "host": "new.example.net", "ttl": 60}],
        "tasks": {TASK: {"status": "running", "type": "full-load-and-cdc", "loaded": 100, "errors": 0},
                  REVERSE: {"status": "ready", "type": "cdc", "loaded": 0, "errors": 0}},
        "metrics": latency("FORWARD", 1.5) + latency("REVERSE", 0.5) + validation(0, 0, 600),
        "alarms": {"target-cpu": "OK", "all-of-it": "OK"},
        "changes": {}, "published": [], "calls": [], "sync_after": 0, "turn_after": 0,
    }


class World:
    def __init__(self):
        self.lock = threading.Lock()
        self.set({})

    def set(self, given):
        self.now = ready()
        self.now["metrics"] = (latency("FORWARD", given.pop("latency", 1.5)) +
                               latency("REVERSE", given.pop("reverse_latency", 0.5)) +
                               validation(*given.pop("validation", (0, 0, 600))))
        for name in ("parameters", "alarms"):
            self.now[name].update(given.pop(name, {}))
        for arn, task in given.pop("tasks", {}).items():
            self.now["tasks"][arn] = {**self.now["tasks"].get(arn, {}), **task} if task else None
        self.now.update(given)
        self.answer, self.disturbances, self.interferences, self.barriers = None, [], {}, {}


WORLD = World()


def rows_of_changes(text):
    """What a change batch says; its elements must stand in the order of the service's schema."""
    assert '<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">' in text
    form = (r"<Change><Action>UPSERT</Action><ResourceRecordSet><Name>([^<]*)</Name><Type>CNAME</Type>"
            r"(?:<SetIdentifier>([^<]*)</SetIdentifier><Weight>(\d+)</Weight>)?<TTL>(\d+)</TTL><ResourceRecords>"
            r"<ResourceRecord><Value>([^<]*)</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change>")
    rows = re.findall(form, text)
    assert len(rows) == text.count("<Change>") > 0
    return rows


class Handler(standin.Handler):
    def call_aws(self, url, body):
        service, action = self.what_is_called(url, body)
        problem = self.signature_problem(body)
        scope = self.headers.get("Authorization", "").partition("Credential=")[2].split("/")[2:4]
        wanted = ["us-east-1", service] if service == "route53" else ["eu-west-2", service]
        if not problem and scope != wanted:
            problem = f"signed for {scope}"
        names = {"monitoring": "cloudwatch"}
        with WORLD.lock:
            WORLD.now["calls"].append({"call": f"{names.get(service, service)}:{action}", "problem": problem})
        if problem:
            return self.error(service, 403, "InvalidSignatureException")
        given = self.given(service, url, body)
        disturbance = self.disturbance(action, given)
        if disturbance and not disturbance["effect"]:
            return self.error(service, disturbance["status"], disturbance["code"])
        try:
            status, answer = getattr(self, action)(given)
        except (AssertionError, KeyError, ValueError):
            traceback.print_exc()
            status, answer = 400, "ValidationError"
        if disturbance:
            return self.error(service, disturbance["status"], disturbance["code"])
        if status != 200:
            return self.error(service, status, answer)
        return self.answer(200, answer.encode() if isinstance(answer, str) else answer)

    def what_is_called(self, url, body):
        target = self.headers.get("X-Amz-Target")
        kind = self.headers.get("Content-Type", "")
        if target:
            assert kind == "application/x-amz-json-1.1"
            return {"AmazonSSM": "ssm", "AmazonDMSv20160101": "dms"}[target.split(".")[0]], target.split(".")[1]
        if url.path.startswith("/2013-04-01/"):
            if "/change/" in url.path:
                return "route53", "GetChange"
            return "route53", "ChangeResourceRecordSets" if self.command == "POST" else "ListResourceRecordSets"
        assert kind.startswith("application/x-www-form-urlencoded") and self.command == "POST"
        action = dict(urllib.parse.parse_qsl(body.decode()))["Action"]
        return "sns" if action == "Publish" else "monitoring", action

    @staticmethod
    def given(service, url, body):
        if service in ("ssm", "dms"):
            return json.loads(body)
        if service == "route53":
            return {"path": url.path, "query": dict(urllib.parse.parse_qsl(url.query)), "text": body.decode()}
        return dict(urllib.parse.parse_qsl(body.decode()))

    @staticmethod
    def disturbance(action, given):
        with WORLD.lock:
            for d in WORLD.disturbances:
                if d["action"] != action or d["name"] not in (None, given.get("Name", "").split(":")[0]):
                    continue
                if d["skip"] > 0:
                    d["skip"] -= 1
                elif d["times"] > 0:
                    d["times"] -= 1
                    return d
        return None

    def error(self, service, status, code):
        if service in ("ssm", "dms"):
            return self.answer(status, {"__type": "com.amazonaws#" + code, "message": "no"})
        return self.answer(status, f"<?xml version='1.0'?><ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code>"
                                   "<Message>no</Message></Error></ErrorResponse>".encode())

    # ---- SSM ----

    def GetParameter(self, given):
        name, _, version = given["Name"].partition(":")
        with WORLD.lock:
            versions = list(WORLD.now["parameters"].get(name) or [])
            barrier = WORLD.barriers.get(name) if not version else None
        number = int(version or len(versions))
        if not versions or number > len(versions):
            return 400, "ParameterVersionNotFound" if versions else "ParameterNotFound"
        if barrier:
            barrier.wait(standin.PATIENCE)
            WORLD.barriers.pop(name, None)
        return 200, {"Parameter": {"Name": name, "Type": "String", "Value": versions[number - 1], "Version": number}}

    def PutParameter(self, given):
        assert given["Overwrite"] is True and given["Type"] == "String"
        with WORLD.lock:
            versions = WORLD.now["parameters"].get(given["Name"])
            if not versions:
                return 400, "ParameterNotFound"
            if given["Name"] in WORLD.interferences:
                versions.append(WORLD.interferences.pop(given["Name"]))
            versions.append(given["Value"])
            return 200, {"Version": len(versions), "Tier": "Standard"}

    # ---- Route 53 ----

    def ChangeResourceRecordSets(self, given):
        if given["path"] != "/2013-04-01/hostedzone/Z123/rrset/":
            return 404, "NoSuchHostedZone"
        with WORLD.lock:
            for name, identifier, weight, ttl, host in rows_of_changes(given["text"]):
                assert name == "db.example.com"
                row = {"id": identifier, "weight": int(weight or -1), "host": host, "ttl": int(ttl)}
                WORLD.now["records"] = [r for r in WORLD.now["records"] if r["id"] != identifier] + [row]
            change = f"/change/C{len(WORLD.now['changes']) + 1}"
            WORLD.now["changes"][change] = WORLD.now["sync_after"]
        return 200, (f"<?xml version='1.0'?>\n<ChangeResourceRecordSetsResponse><ChangeInfo><Id>{change}</Id><Status>PENDING"
                     "</Status><SubmittedAt>2026-11-21T03:00:00Z</SubmittedAt></ChangeInfo></ChangeResourceRecordSetsResponse>")

    def GetChange(self, given):
        change = given["path"].replace("/2013-04-01", "")
        with WORLD.lock:
            if change not in WORLD.now["changes"]:
                return 404, "NoSuchChange"
            left = WORLD.now["changes"][change]
            WORLD.now["changes"][change] = max(0, left - 1)
        return 200, (f"<?xml version='1.0'?>\n<GetChangeResponse><ChangeInfo><Id>{change}</Id><Status>"
                     f"{'PENDING' if left else 'INSYNC'}</Status></ChangeInfo></GetChangeResponse>")

    def ListResourceRecordSets(self, given):
        assert given["query"] == {"name": "db.example.com", "type": "CNAME", "maxitems": "20"}
        sets = ""
        for r in WORLD.now["records"]:
            weighted = f"<SetIdentifier>{r['id']}</SetIdentifier><Weight>{r['weight']}</Weight>" if r["id"] else ""
            sets += (f"<ResourceRecordSet><Name>db.example.com.</Name><Type>CNAME</Type>{weighted}<TTL>{r['ttl']}</TTL>"
                     f"<ResourceRecords><ResourceRecord><Value>{r['host']}</Value></ResourceRecord></ResourceRecords>"
                     "</ResourceRecordSet>")
        return 200, ("<?xml version='1.0'?>\n<ListResourceRecordSetsResponse xmlns='https://route53.amazonaws.com/doc/2013-04-01/'>"
                     f"<ResourceRecordSets>{sets}<ResourceRecordSet><Name>dc.example.com.</Name><Type>A</Type></ResourceRecordSet>"
                     "</ResourceRecordSets><IsTruncated>false</IsTruncated></ListResourceRecordSetsResponse>")

    # ---- DMS ----

    def DescribeReplicationTasks(self, given):
        assert given["WithoutSettings"] is True
        [asked] = given["Filters"]
        assert asked["Name"] == "replication-task-arn"
        tasks = []
        with WORLD.lock:
            for arn in asked["Values"]:
                task = WORLD.now["tasks"].get(arn)
                if not task:
                    continue
                self.turn(task)
                tasks.append({"ReplicationTaskArn": arn, "Status": task["status"], "MigrationType": task["type"],
                              "ReplicationTaskStats": {"FullLoadProgressPercent": task["loaded"],
                                                       "TablesErrored": task["errors"],
                                                       **({"FullLoadFinishDate": time.time() - task["loaded_ago"]}
                                                          if "loaded_ago" in task else {})}})
        return (200, {"ReplicationTasks": tasks}) if tasks else (400, "ResourceNotFoundFault")

    @staticmethod
    def turn(task):
        after = {"stopping": "stopped", "starting": task.get("starts_as", "running")}.get(task["status"])
        if not after:
            return
        if task.setdefault("left", WORLD.now["turn_after"]) > 0:
            task["left"] -= 1
            return
        task["status"] = after
        del task["left"]

    def StopReplicationTask(self, given):
        with WORLD.lock:
            task = WORLD.now["tasks"][given["ReplicationTaskArn"]]
            if task["status"] != "running":
                return 400, "InvalidResourceStateFault"
            task["status"] = "stopping"
        return 200, {"ReplicationTask": {}}

    def StartReplicationTask(self, given):
        assert given["StartReplicationTaskType"] == "start-replication"
        with WORLD.lock:
            task = WORLD.now["tasks"][given["ReplicationTaskArn"]]
            if task["status"] not in ("ready", "stopped", "failed") or task.get("untested"):
                return 400, "InvalidResourceStateFault"
            running = [arn for arn, t in WORLD.now["tasks"].items() if t and t["status"] in ("running", "stopping")]
            assert not running, "one direction at a time"
            task["from"] = given.get("CdcStartTime")
            task["status"] = "starting"
        return 200, {"ReplicationTask": {}}

    # ---- CloudWatch ----

    def GetMetricData(self, given):
        def at(name):
            return calendar.timegm(time.strptime(given[name], "%Y-%m-%dT%H:%M:%SZ"))

        results, number = "", 1
        while f"MetricDataQueries.member.{number}.Id" in given:
            query = f"MetricDataQueries.member.{number}."
            stat = query + "MetricStat."
            assert given[stat + "Period"] == "60" and given[stat + "Stat"] == "Maximum"
            dimensions, place = {}, 1
            while f"{stat}Metric.Dimensions.member.{place}.Name" in given:
                dimension = f"{stat}Metric.Dimensions.member.{place}."
                dimensions[given[dimension + "Name"]] = given[dimension + "Value"]
                place += 1
            times, values = "", ""
            for series in WORLD.now["metrics"]:
                if (series["space"], series["metric"], series["dimensions"]) != (
                        given[stat + "Metric.Namespace"], given[stat + "Metric.MetricName"], dimensions):
                    continue
                for age, value in series["points"]:
                    moment = int(time.time() - age) // 60 * 60
                    if at("StartTime") <= moment < at("EndTime"):
                        times += f"<member>{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(moment))}</member>"
                        values += f"<member>{value}</member>"
            results += (f"<member><Id>{given[query + 'Id']}</Id><Label>any</Label><StatusCode>{WORLD.now.get('metric_status', 'Complete')}</StatusCode>"
                        f"<Timestamps>{times}</Timestamps><Values>{values}</Values></member>")
            number += 1
        return 200, ("<GetMetricDataResponse xmlns='http://monitoring.amazonaws.com/doc/2010-08-01/'><GetMetricDataResult>"
                     f"<MetricDataResults>{results}</MetricDataResults><Messages/></GetMetricDataResult></GetMetricDataResponse>")

    def DescribeAlarms(self, given):
        assert {given["AlarmTypes.member.1"], given["AlarmTypes.member.2"]} == {"MetricAlarm", "CompositeAlarm"}
        kinds, number = {"MetricAlarms": "", "CompositeAlarms": ""}, 1
        while f"AlarmNames.member.{number}" in given:
            name = given[f"AlarmNames.member.{number}"]
            state = WORLD.now["alarms"].get(name)
            if state:
                kinds["CompositeAlarms" if name == "all-of-it" else "MetricAlarms"] += (
                    f"<member><AlarmName>{escape(name)}</AlarmName><StateValue>{state}</StateValue></member>")
            number += 1
        return 200, ("<DescribeAlarmsResponse><DescribeAlarmsResult>" +
                     "".join(f"<{kind}>{text}</{kind}>" for kind, text in kinds.items()) +
                     "</DescribeAlarmsResult></DescribeAlarmsResponse>")

    # ---- SNS ----

    def Publish(self, given):
        assert len(given["Subject"]) < 100 and given["TopicArn"].startswith("arn:")
        with WORLD.lock:
            WORLD.now["published"].append(given["Subject"] + "\n" + given["Message"])
        return 200, "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"

    # ---- the test ----

    def judge(self, good, why):
        return self.answer(200 if good else 400, b"" if good else why.encode())

    def invoke(self, query, body):
        said = super().control("invoke", query, body)
        WORLD.answer = said["body"] if said["kind"] == "response" else None

    def control(self, what, query, body):
        if what == "world" and self.command == "GET":
            return self.answer(200, WORLD.now)
        if what == "world":
            WORLD.set(json.loads(body or b"{}"))
        elif what == "disturb":
            WORLD.disturbances.append({"action": query["action"], "name": query.get("name"), "skip": int(query.get("skip", 0)),
                                       "times": int(query.get("times", 1)), "status": int(query["status"]),
                                       "code": query["code"], "effect": "effect" in query})
        elif what == "interfere":
            WORLD.interferences[query["name"]] = body.decode()
        elif what == "invoke":
            return self.invoke(query, body)
        elif what == "seen":
            return self.judge(*seen(body.decode()))
        elif what == "answered":
            return self.judge(*answered(body.decode().splitlines()))
        elif what == "holds":
            text = json.dumps(WORLD.answer, separators=(",", ":"))
            return self.judge(body.decode() in text, "missing in " + text)
        elif what == "meet":
            WORLD.barriers[query["name"]] = threading.Barrier(2)
        else:
            return super().control(what, query, body)
        return self.answer(200)


def seen(expression):
    w = WORLD.now
    names = {
        "w": w, "json": json,
        "s": json.loads(w["parameters"][STATE][-1]), "lock": json.loads(w["parameters"][LOCK][-1]),
        "tasks": {arn.rpartition(":")[2]: task for arn, task in w["tasks"].items() if task},
        "weights": {r["id"]: r["weight"] for r in w["records"]}, "hosts": {r["id"]: r["host"] for r in w["records"]},
        "calls": [c["call"].partition(":")[2] for c in w["calls"]],
    }
    signed = all(c["problem"] is None for c in w["calls"])
    return signed and eval(expression, names), json.dumps(w)


def answered(lines):
    for line in lines:
        name, _, value = line.partition("=")
        if WORLD.answer is None or WORLD.answer.get(name) != json.loads(value):
            return False, f"{name} is not {value}: {json.dumps(WORLD.answer)}"
    return True, ""


if __name__ == "__main__":
    sys.exit(standin.main(Handler))

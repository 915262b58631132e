"""Compares what `cfngen synth` makes of plain templates with what cfn-lint's reader reads.

Prints how many are unchanged in meaning, and the others grouped by their first diagnostic.
"""

import collections
import datetime
import json
import os
import subprocess
import sys

import cfnlint.decode
import templates


def independent(path):
    """The template as cfn-lint reads it: None when it refuses, {} when it is no template."""
    try:
        template, refused = cfnlint.decode.decode(str(path))
    except Exception:  # whatever breaks the reader, it did not read this file
        return None
    if refused or template is None:
        return None
    if not isinstance(template, dict) or not isinstance(template.get("Resources"), dict):
        return {}
    return template


def without_cfngen(template):
    """Metadata.Cfngen is for cfngen alone and does not come out again."""
    metadata = template.get("Metadata")
    if isinstance(metadata, dict) and "Cfngen" in metadata:
        metadata = {key: value for key, value in metadata.items() if key != "Cfngen"}
        template = {**template, "Metadata": metadata}
        if not metadata:
            del template["Metadata"]
    return template


def difference(a, b, path=""):
    """The first place where two values differ, or None. Numbers are equal by value, and a date
    (which only the independent reader knows) is its text."""
    if isinstance(a, datetime.date):
        a = a.isoformat()
    if isinstance(a, dict) and isinstance(b, dict):
        if list(map(str, a)) != list(b):
            if sorted(map(str, a)) != sorted(b):
                return f"{path}: keys {sorted(map(str, a))} became {sorted(b)}"
            return f"{path}: the order of the keys changed"
        pairs = [(f"{path}/{key}", value, b[str(key)]) for key, value in a.items()]
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        pairs = [(f"{path}/{i}", *values) for i, values in enumerate(zip(a, b))]
    elif isinstance(a, bool) or isinstance(b, bool) or isinstance(a, str) or isinstance(b, str):
        same = a == b and isinstance(a, bool) == isinstance(b, bool)
        return None if same else f"{path}: {a!r} became {b!r}"
    else:
        return None if a == b else f"{path}: {a!r} became {b!r}"
    return next((d for place, x, y in pairs if (d := difference(x, y, place))), None)


def first_diagnostic(text):
    for line in text.splitlines():
        found = json.loads(line) if line.startswith("{") else {}
        if found.get("severity") == "error":
            return f"{found['id']} {found['message']}"
    return "no diagnostic"


def judge(path, template):
    """(verdict, detail) for one template."""
    ran = subprocess.run(
        [os.environ["CFNGEN"], "synth", str(path), "--diagnostics", "json"],
        capture_output=True, check=False)
    if ran.returncode < 0 or ran.returncode > 4:
        return "crashed", f"status {ran.returncode}"
    if ran.returncode:
        detail = first_diagnostic(ran.stderr.decode())
        return ("refused", detail) if template is not None else ("refused by both", detail)
    if template is None:
        return "read by cfngen alone", "the independent reader refuses it"
    changed = difference(without_cfngen(template), json.loads(ran.stdout))
    return ("changed", changed) if changed else ("unchanged", "")


def group_key(verdict, detail):
    """Diagnostics are grouped by id: their messages name what is in the file."""
    return detail.split(" ")[0] if verdict.startswith("refused") else ""


def main(folders):
    groups = collections.defaultdict(list)
    for path in templates.files(folders):
        template = independent(path)
        verdict, detail = ("no template", "") if template == {} else judge(path, template)
        groups[verdict, group_key(verdict, detail)].append((path, detail))
    counts = collections.Counter()
    for (verdict, key), members in sorted(groups.items()):
        counts[verdict] += len(members)
        if verdict in ("unchanged", "no template"):
            continue
        print(f"{verdict}{' by ' + key if key else ''}: {len(members)}")
        for path, detail in members:
            print(f"    {path}: {detail}")
    templates = sum(counts.values()) - counts["no template"]
    print(f"{templates} templates: " + ", ".join(
        f"{count} {verdict}" for verdict, count in sorted(counts.items()) if verdict != "no template"))
    return 1 if counts["changed"] or counts["crashed"] else 0


sys.exit(main(sys.argv[1:]))

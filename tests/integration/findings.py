"""Runs a tool over templates, and says which of its findings a table does not explain.

    python3 findings.py TABLE TOOL TEMPLATE...

TOOL is cfn-lint, cloudformation-validate or cdk-nag. TABLE is a page with rows of
`| tool | rule | where | why |`; * in a rule or a place stands for anything. A place is a logical id, or
the name of a template, a slash and a logical id. A row of the tool that explains nothing is told too.
"""

import json
import pathlib
import re
import subprocess
import sys


def cfn_lint(templates):
    command = ["cfn-lint", "--regions", "eu-west-2", "us-east-1", "--format", "json", "--", *templates]
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    for found in json.loads(ended.stdout):
        where = found["Location"]["Path"] or []
        yield {"rule": found["Rule"]["Id"], "file": found["Filename"],
               "resource": str(where[1]) if len(where) > 1 else "", "message": found["Message"]}


def by_node(tool, templates):
    script = pathlib.Path(__file__).with_name("findings.js")
    ended = subprocess.run(["node", script, tool, *templates], stdout=subprocess.PIPE, check=True)
    return json.loads(ended.stdout)


def matches(pattern, text):
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text)


def explains(row, found):
    place = pathlib.Path(found["file"]).stem + "/" + found["resource"]
    return matches(row["rule"], found["rule"]) and (
        matches(row["where"], found["resource"]) or matches(row["where"], place))


def rows_of(table, tool):
    for line in pathlib.Path(table).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] == tool:
            if len(cells) != 4 or not cells[3]:
                sys.exit(f"{table}: this row needs tool, rule, where and why: {line}")
            yield dict(zip(("tool", "rule", "where", "why"), cells))


def main(table, tool, *templates):
    findings = list(cfn_lint(templates) if tool == "cfn-lint" else by_node(tool, templates))
    rows = list(rows_of(table, tool))
    bad = [f"not explained: {f['rule']} {f['file']} {f['resource']}: {f['message']}"
           for f in findings if not any(explains(row, f) for row in rows)]
    bad += [f"explains nothing: {row['rule']} {row['where']}"
            for row in rows if not any(explains(row, f) for f in findings)]
    print(f"{len(templates)} templates, {len(findings)} findings", *bad, sep="\n")
    return 1 if bad else 0


sys.exit(main(*sys.argv[1:]))

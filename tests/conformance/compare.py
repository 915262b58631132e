"""Compares cfngen's checks of resource types with cfn-lint's; tests/conformance/run says how.

Templates are compared in sets, because they say different things: other people's (the figure that
counts), those that a transform rewrites, those made to test cfn-lint, and our own with mistakes
planted in them.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "corpus"))

import lint
import match
import mutants
import report
import templates

PREFERRED = "1.51"


def diagnostics(path):
    """What cfngen says of a template; None when it did not come to an end."""
    ran = subprocess.run(
        [os.environ["CFNGEN"], "validate", "--region", lint.REGION, "--diagnostics", "json", path],
        capture_output=True,
        check=False,
    )
    if ran.returncode not in (0, 1):
        return None
    return [json.loads(line) for line in ran.stdout.decode().splitlines() if line.startswith("{")]


OUTCOMES = ("compared", "no template", "cfn-lint cannot read", "cfngen cannot read", "cfngen crashed")
# These say that the whole template was not understood.
UNREAD = {"E0000", "E0001"}


def compared(answers):
    """(units, {what became of it: how many templates}) for templates that cfn-lint has judged."""
    judged, counts = [], dict.fromkeys(OUTCOMES, 0)
    for path, answer in answers.items():
        broken = any(f["rule"] in UNREAD or "rule E1001" in f["message"] for f in answer["findings"])
        if "broke" in answer or broken:
            counts["cfn-lint cannot read"] += 1
        elif not answer["is_template"]:
            counts["no template"] += 1
        else:
            judged.append((path, answer))
    units = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for (path, answer), said in zip(judged, pool.map(lambda pair: diagnostics(pair[0]), judged)):
            if said is None:
                counts["cfngen crashed"] += 1
                print(f"cfngen did not come to an end: {path}", file=sys.stderr)
                continue
            if any(d["id"].startswith("CFN0") and d["severity"] == "error" for d in said):
                counts["cfngen cannot read"] += 1
                continue
            counts["compared"] += 1
            units += match.units(str(path), answer, said)
    return units, {what: count for what, count in counts.items() if count}


def progress(done, of):
    if done % 100 == 0 or done == of:
        print(f"cfn-lint has judged {done} of {of} new templates", file=sys.stderr)


def sets(options):
    """(name, does it count, answers) for each set of templates."""
    processes = os.cpu_count() or 1
    kept = os.path.join(options.output, "answers")
    judge = lambda paths: lint.answers(kept, list(paths), processes, progress)
    public = judge(templates.files(options.corpus))
    yield "templates of others", True, {p: a for p, a in public.items() if not a["rewriting"]}
    yield "rewritten by a transform", False, {p: a for p, a in public.items() if a["rewriting"]}
    yield "made to test cfn-lint", False, judge(templates.files(options.fixtures))
    folder = os.path.join(options.output, "mutants")
    planted = mutants.write(folder, options.bases, options.mutants, options.seed)
    for name, paths in planted.items():
        yield name, True, judge(paths)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", nargs="*", default=[])
    parser.add_argument("--fixtures", nargs="*", default=[])
    parser.add_argument("--bases", nargs="*", default=[])
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", default="build/conformance")
    options = parser.parse_args()
    version = lint.version()
    counts_today = version.startswith(PREFERRED + ".")
    if not counts_today:
        print(f"cfn-lint is {version}; the aims are for {PREFERRED}, so that none is enforced")
    explained = report.explanations(pathlib.Path(__file__).with_name("disagreements.json"))
    results = []
    for name, counts, answers in sets(options):
        if answers:
            results.append(report.Set(name, counts, *compared(answers)))
    heading = f"cfn-lint {version}, region {lint.REGION}, seed {options.seed}"
    fine = report.write(options.output, heading, results, explained)
    return 0 if fine or not counts_today else 1


if __name__ == "__main__":
    sys.exit(main())

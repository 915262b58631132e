"""Compares `cfngen diff` with npm's @aws-cdk/cloudformation-diff; tests/conformance/diff/run says how.

Each place where at least one of them sees a change is a unit: a property or attribute of a resource,
or an entry of another section. So is the verdict on each resource that both say changes. Units on
which they do not agree are explained by the general rules of disagreements.json, or count against
the aims.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys

import edits
import reading
import same
import speed

AGREEMENT = 1.0  # the aim: all that is not explained is the same

VERDICTS = {
    "WILL_UPDATE": "update",
    "WILL_CREATE": "create",
    "WILL_REPLACE": "replace",
    "MAY_REPLACE": "may replace",
    "WILL_DESTROY": "destroy",
    "WILL_ORPHAN": "orphan",
    "NO_CHANGE": "none",
}


@dataclasses.dataclass
class Unit:
    pair: str
    what: str  # "place", "verdict" (on a place), "resource" (the verdict on all of it) or "entry"
    told_by: str  # "both", "cfngen", "reference"; of verdicts "both" or "neither", when they differ
    section: str
    id: str
    type: str = ""
    place: str = ""
    ours: str = ""
    theirs: str = ""
    cause: str = ""  # why cfngen says that an unedited value changes
    why: str = ""  # what the cause is, when it does change and the value refers to it: "a condition" ...
    kind: str = ""  # of the resource: added, removed, changed
    same: str = ""  # how both values mean the same: "functions", "JSON", "order", "written alike"
    follows: str = ""  # "yes": of a resource of whose places some are judged differently
    values: str = ""  # the old and the new value, as JSON, when they are short


# What cfngen calls more finely than the reference.
IMPACTS = {name: name for name in VERDICTS.values()} | {"may update": "update"}

# ---- what each of them says ----


def cfngen_says(pair):
    """The entries of `cfngen diff`; None when it did not come to an end."""
    ran = subprocess.run([os.environ["CFNGEN"], "diff", pair["old"], pair["new"], "--format", "json"],
                         capture_output=True, check=False)
    if ran.returncode < 0 or ran.returncode > 4:
        print(f"cfngen did not come to an end: {pair['name']}", file=sys.stderr)
    return json.loads(ran.stdout)["entries"] if ran.returncode == 0 else None


def reference_says(pairs):
    """{name of a pair: what the reference says of it}"""
    script = str(pathlib.Path(__file__).with_name("reference.js"))
    lines = "".join(json.dumps(pair) + "\n" for pair in pairs)
    ran = subprocess.run(["node", script], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    answers = map(json.loads, ran.stdout.decode().splitlines())
    return {answer["name"]: answer for answer in answers}


def our_verdict(entry):
    if entry["impact"] == "destroy" and entry.get("fate") == "retained":
        return "orphan"
    return IMPACTS[entry["impact"]]


def our_places(entry):
    """{place: change} of a changed resource; a mapping that comes or goes is its members."""
    places = {}
    for change in entry["changes"]:
        path = change["path"]
        if path == ["Properties"]:
            members = change.get("new") or change.get("old") or {}
            places.update((f"Properties.{name}", change) for name in members)
        elif path and path[0] == "Properties":
            places.setdefault(f"Properties.{path[1]}", change)
        elif path:
            places.setdefault(path[0], change)
    return places


def kind_of(resource):
    return "added" if resource["added"] else "removed" if resource["removed"] else "changed"


def their_places(resource):
    """{place: verdict}; a change of any attribute is an update."""
    places = {f"Properties.{name}": VERDICTS.get(impact, "") for name, impact in resource["properties"].items()}
    places.update((name, "update") for name in resource["others"])
    return places


# ---- units ----


def shown(old, new):
    text = json.dumps([old, new])
    return text if len(text) <= 20000 else ""


def value_at(resource, place):
    for key in place.split(".", 1):
        resource = resource.get(key) if isinstance(resource, dict) else None
    return resource


def _told_by(ours, theirs):
    return "both" if ours and theirs else "cfngen" if ours else "reference"


CAUSES = {"Parameters": "a parameter", "Mappings": "a mapping", "Conditions": "a condition"}


def names_in(value):
    """The texts in a value that may be names of entries."""
    if isinstance(value, dict):
        return {name for key, member in value.items() for name in names_in(member) | {key}}
    if isinstance(value, list):
        return {name for member in value for name in names_in(member)}
    return set(re.split(r"\$\{|[.}]", value)) | {value} if isinstance(value, str) else set()


def changes_itself(section, name, templates, above=()):
    """Whether an entry was edited, or is a condition that speaks of one that was."""
    old, new = (t.get(section, {}).get(name) for t in templates)
    if old != new or section != "Conditions" or new is None:
        return old != new
    above = (*above, name)
    return any(changes_itself(other, found, templates, above) for found in names_in(new) - set(above)
               for other in CAUSES if found in templates[1].get(other, {}))


def why(cause, value, templates, ours):
    """What a cause is; "" when it does not change, or the value does not refer to it."""
    if not cause or cause not in names_in(value):
        return ""
    for section, name in CAUSES.items():
        if changes_itself(section, cause, templates):
            return name
    return "a replaced resource" if "replace" in ours.get(cause, {}).get("impact", "") else ""


def place_units(base, sides, entry, theirs, find_why):
    ours = our_places(entry) if entry else {}
    others = their_places(theirs) if theirs else {}
    for place in sorted(set(ours) | set(others)):
        change, values = ours.get(place, {}), [value_at(side, place) for side in sides]
        unit = dataclasses.replace(base, what="place", place=place, told_by=_told_by(place in ours, place in others),
                                   ours=IMPACTS.get(change.get("impact"), ""), theirs=others.get(place, ""),
                                   cause=change.get("cause", ""), why=find_why(change.get("cause"), values[1]),
                                   same=same.how(*values), values=shown(*values))
        yield unit
        if unit.told_by == "both":
            yield dataclasses.replace(unit, what="verdict", told_by="both" if unit.ours == unit.theirs else "neither")


def resource_units(pair, old, new, ours, theirs, name):
    entry, find_why = ours.get(name), lambda cause, value: why(cause, value, (old, new), ours)
    sides = [t["Resources"].get(name) or {} for t in (old, new)]
    types = [side.get("Type", "") if isinstance(side, dict) else "" for side in sides]
    base = Unit(pair, "resource", "both", "Resources", name, type=str(types[1] or types[0]))
    base.kind = entry["kind"] if entry else kind_of(theirs)
    has_places = base.kind == "changed" and types[0] == types[1]
    places = list(place_units(base, sides, entry, theirs, find_why)) if has_places else []
    yield from places
    if not entry or not theirs:
        if not has_places:
            yield dataclasses.replace(base, what="place", told_by="cfngen" if entry else "reference")
        return
    verdict, other = our_verdict(entry), VERDICTS[theirs["impact"]]
    follows = "yes" if any(unit.told_by != "both" for unit in places) else ""
    yield dataclasses.replace(base, told_by="both" if verdict == other else "neither", ours=verdict, theirs=other,
                              follows=follows)


def section_of(entry):
    """As the reference calls it: what it knows as a whole has no id."""
    section, name = entry.get("section", ""), entry.get("id", "")
    if section in ("Rules", ""):
        return (section or name, "")
    return (section, "" if name == section else name)


def units(pair, entries, answer, old, new):
    ours = {entry["id"]: entry for entry in entries if entry.get("section") == "Resources"}
    for name in sorted(set(ours) | set(answer["resources"])):
        yield from resource_units(pair, old, new, ours, answer["resources"].get(name), name)
    mine = {section_of(entry): entry for entry in entries if entry.get("section") != "Resources"}
    theirs = {tuple(entry) for entry in answer["sections"]}
    for section, name in sorted(set(mine) | theirs):
        changes = mine.get((section, name), {}).get("changes", [])
        values = [t.get(section) for t in (old, new)]
        if name:
            values = [value.get(name) if isinstance(value, dict) else None for value in values]
        cause = " ".join(sorted({change["cause"] for change in changes if "cause" in change}))
        yield Unit(pair, "entry", _told_by((section, name) in mine, (section, name) in theirs), section, name,
                   cause=cause, why=" ".join(why(c, values[1], (old, new), ours) for c in cause.split()),
                   kind=mine.get((section, name), {}).get("kind", ""),
                   same=same.how(*values), values=shown(*values))


# ---- explanations ----

FIELDS = ("pair", "what", "told_by", "section", "type", "place", "ours", "theirs", "cause", "why", "kind", "same",
          "follows", "values")


class Explanation:
    def __init__(self, entry):
        self.patterns = {field: re.compile(entry[field]) for field in FIELDS if field in entry}
        self.right, self.reason, self.uses = entry["right"], entry["reason"], 0

    def fits(self, unit):
        return all(pattern.search(getattr(unit, field)) for field, pattern in self.patterns.items())


def explanations():
    text = pathlib.Path(__file__).with_name("disagreements.json").read_text(encoding="utf-8")
    return [Explanation(entry) for entry in json.loads(text)]


# ---- the sets that are compared ----


def json_path(folder, name, side):
    return pathlib.Path(folder) / f"{name}.{side}.json"


def as_json(folder, name, side, template):
    path = json_path(folder, name, side)
    path.write_text(json.dumps(template), encoding="utf-8")
    return str(path)


def edit_pairs(folder, blueprint):
    template = json.loads(pathlib.Path(blueprint).read_text(encoding="utf-8"))
    for kind, old, new in edits.pairs(template):
        name = re.sub(r"[^a-z0-9]+", "-", kind.name.lower())
        files = {side: as_json(folder, name, side, t) for side, t in (("old", old), ("new", new))}
        yield {"name": name, **files, "reference": files, "templates": (old, new), "edit": kind}


def read_once(kept, path):
    """The template in a file, as it was read in an earlier run when there was one."""
    if path and kept.is_file() and kept.stat().st_mtime >= path.stat().st_mtime:
        return json.loads(kept.read_text(encoding="utf-8"))
    return reading.template(path) if path else None


def public_pairs(folder, corpora):
    for corpus in corpora:
        for place in sorted(path for path in pathlib.Path(corpus).iterdir() if path.is_dir()):
            files = {side: next(place.glob(side + ".*"), None) for side in ("old", "new")}
            templates = [read_once(json_path(folder, place.name, side), files[side]) for side in files]
            if None in templates:
                yield {"name": place.name, "unread": True}
                continue
            reference = {side: as_json(folder, place.name, side, t) for side, t in zip(files, templates)}
            yield {"name": place.name, **{side: str(path) for side, path in files.items()},
                   "reference": reference, "templates": tuple(templates)}


def compared(pairs):
    """(units, {what became of the pairs: how many}, {name: entries})"""
    counts, found, said = collections.Counter(), [], {}
    readable = [pair for pair in pairs if not pair.get("unread")]
    counts["cfn-lint cannot read"] = len(pairs) - len(readable)
    answers = reference_says([{"name": p["name"], **p["reference"]} for p in readable])
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for pair, entries in zip(readable, pool.map(cfngen_says, readable)):
            answer = answers.get(pair["name"], {"broke": "no answer"})
            if "broke" in answer:
                counts["the reference broke"] += 1
            elif entries is None:
                counts["cfngen cannot read"] += 1
            else:
                counts["compared"] += 1
                said[pair["name"]] = entries
                found += units(pair["name"], entries, answer, *pair["templates"])
    return found, {what: count for what, count in counts.items() if count}, said


# ---- what the edits are expected to be ----


def unexpected(pair, entries):
    """What `cfngen diff` should have said of an edit, and did not; or the other way round."""
    kind = pair["edit"]
    ours = {entry["id"]: entry for entry in entries if entry.get("section") == "Resources"}
    for name, (impact, places) in kind.expected.items():
        if name not in ours:
            yield f"{name} is not told"
            continue
        entry = ours[name]
        found = sorted(p.removeprefix("Properties.") for p, change in our_places(entry).items()
                       if "cause" not in change)
        if our_verdict(entry) != impact:
            yield f"{name}: {our_verdict(entry)}, not {impact}"
        if entry["kind"] == "changed" and places != ["Type"] and found != places:
            yield f"{name}: {found}, not {places}"
    for name in sorted(set(ours) - set(kind.expected)):
        if not (kind.others and all("cause" in change for change in ours[name]["changes"])):
            yield f"{name} is told"
    sections = {section_of(entry) for entry in entries if entry.get("section") != "Resources"}
    if not kind.others and sections != set(kind.sections):
        yield f"sections {sorted(sections)}, not {sorted(kind.sections)}"


# ---- the report ----

SHOWN = 12


def summary(name, found, counts, known):
    """(line, the units that are not explained, units by explanation)"""
    same = sum(unit.told_by == "both" for unit in found)
    left, explained = [], collections.Counter()
    for unit in found:
        if unit.told_by == "both":
            continue
        reason = next((e for e in known if e.fits(unit)), None)
        if reason:
            reason.uses += 1
            explained[reason.right] += 1
        else:
            left.append(unit)
    share = same / (same + len(left)) if same + len(left) else 1.0
    raw = same / len(found) if found else 1.0
    line = (f"{name}: {counts.get('compared', 0)} pairs, {len(found)} places and verdicts, {same} the same, "
            f"{sum(explained.values())} explained ({dict(explained)}), {len(left)} not; agreement "
            f"{100 * share:.2f} % ({100 * raw:.2f} % with what is explained); {counts}")
    return line, left, share


def groups(left):
    by = collections.defaultdict(list)
    for unit in left:
        by[unit.what, unit.told_by, unit.section if unit.what == "entry" else unit.type, unit.place, unit.ours,
           unit.theirs].append(unit)
    return sorted(by.items(), key=lambda item: -len(item[1]))


def report(folder, lines, leftovers, known):
    text = ["# cfngen diff and @aws-cdk/cloudformation-diff", "", *lines, ""]
    for name, left in leftovers:
        text += [f"## Not explained: {name}", ""]
        for key, members in groups(left):
            text.append(f"- {len(members)}: {', '.join(part for part in key if part)}")
            text += [f"  - {u.pair} {u.section} {u.id} {u.cause} {u.values[:1500]}" for u in members[:SHOWN]]
        text.append("")
    text += ["## Explained", ""]
    for e in known:
        patterns = ", ".join(f"{field} `{pattern.pattern}`" for field, pattern in e.patterns.items())
        text.append(f"- {e.uses}: {patterns}; right: {e.right}. {e.reason}")
    path = os.path.join(folder, "report.md")
    pathlib.Path(path).write_text("\n".join(text) + "\n", encoding="utf-8")
    print(f"{path} has every disagreement")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", default="build/conformance/diff")
    parser.add_argument("--blueprint", required=True)
    parser.add_argument("--corpus", nargs="*", default=[])
    options = parser.parse_args()
    folder = os.path.join(options.output, "templates")
    os.makedirs(folder, exist_ok=True)
    known, lines, leftovers, fine = explanations(), [], [], True
    sets = [("edits of a blueprint", list(edit_pairs(folder, options.blueprint))),
            ("versions of other people's templates", list(public_pairs(folder, options.corpus)))]
    for name, pairs in sets:
        if not pairs:
            continue
        found, counts, said = compared(pairs)
        line, left, share = summary(name, found, counts, known)
        print(line)
        lines.append(line)
        leftovers.append((name, left))
        fine = fine and share >= AGREEMENT
        for pair in pairs:
            for problem in unexpected(pair, said.get(pair["name"], [])) if "edit" in pair else ():
                print(f"  {pair['name']}: {problem}")
                fine = False
    first = sets[0][1][0]
    lines.append(speed.compared(first["old"], first["new"]))
    print(lines[-1])
    report(options.output, lines, leftovers, known)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())

"""Compares what cfn-lint and cfngen say of one template.

The outcome is a list of units, each a problem at a place: told by both, by cfn-lint alone or by
cfngen alone. A problem that one of them repeats counts once.
"""

import dataclasses
import re

import cfnlint.decode

import places
import schemas


@dataclasses.dataclass(frozen=True)
class Unit:
    told_by: str  # "both"; "cfn-lint" or "cfngen" alone; "warned": an error of cfngen, a warning of cfn-lint
    rule: str  # cfn-lint's rule; for what cfngen alone tells, its id
    place: str
    type: str  # of the resource
    message: str
    other: str = ""  # when both tell it under ids that do not belong together: cfngen's
    inside: str = ""  # of what cfngen alone tells: rules by which cfn-lint refused what it is in
    wanted: str = "unknown"  # of what cfngen alone tells: the types that cfn-lint's schema names there
    function: str = ""  # of what cfngen alone tells: the function that gives the value there
    rewritten: str = ""  # by what the template is rewritten
    file: str = ""


def _type_at(place, types):
    parts = place.split("/")
    return (types.get(parts[1]) or "") if len(parts) > 1 and parts[0] == "Resources" else parts[0]


def _is_judged(place, answer):
    """In a template that is rewritten, only what is still there afterwards and was there before."""
    if not answer["rewriting"]:
        return True
    parts = place.split("/")
    if len(parts) < 2 or parts[0] != "Resources":
        return False
    of_type = answer["types"].get(parts[1])
    return bool(of_type) and not of_type.startswith("AWS::Serverless::")


def _same_name(diagnostic, finding):
    """Of an object that lacks several properties each is a problem."""
    name = places.missing_name(finding["message"]) if finding["rule"] == "E3003" else ""
    return not (name and diagnostic["id"] == "CFN3104") or name in diagnostic["message"]


def _tells(diagnostic, finding):
    """Is cfngen's diagnostic at the place of cfn-lint's finding? What breaks a member of
    alternatives may also be told of the value that they are for, or of the best of them."""
    if diagnostic["id"] not in places.SAME or not _same_name(diagnostic, finding):
        return False
    if finding.get("alternative_of"):
        return places.is_inside(diagnostic["place"], places.place(finding["alternative_of"]))
    return places.is_same(finding["rule"], finding["place"], diagnostic["place"])


def _wanted(place, types):
    parts = place.split("/")
    if len(parts) < 4 or parts[0] != "Resources" or parts[2] != "Properties":
        return "unknown"
    return schemas.wanted(types.get(parts[1]) or "", parts[3:])


def _read(file):
    return cfnlint.decode.decode(file)[0]


def _function_at(template, place):
    """The function that is the value at a place; "" when it is none, or the place is none."""
    value = template
    for part in place.split("/"):
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict):
            value = next((member for key, member in value.items() if str(key) == part), None)
        else:
            return ""
    name = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else ""
    return name if name == "Ref" or name.startswith("Fn::") else ""


def _from_lint(findings, diagnostics, types):
    seen = set()
    for finding in findings:
        name = places.missing_name(finding["message"])
        key = (finding["rule"], finding["place"], name)
        if finding["rule"] not in places.WANTED or key in seen:
            continue
        seen.add(key)
        told = [d for d in diagnostics if _tells(d, finding)]
        same = [d for d in told if finding["rule"] in places.SAME.get(d["id"], ())]
        yield Unit(
            told_by="both" if told else "cfn-lint",
            rule=finding["rule"],
            place=finding["place"],
            type=_type_at(finding["place"], types),
            message=finding["message"],
            other="" if same or not told else told[0]["id"],
        )


def _agrees(diagnostic, finding):
    """Does cfn-lint, under whatever rule, report an error where cfngen does? Of a function it
    tells the first wrong part."""
    if finding["rule"][0] != "E":
        return False
    if finding["rule"].startswith("E10") and diagnostic["id"].startswith("CFN1"):
        return places.is_inside(finding["place"], diagnostic["place"])
    if finding["rule"] in ("E3017", "E3018"):  # cfngen may follow the alternative that fits best
        return places.is_inside(diagnostic["place"], finding["place"])
    same = places.is_same(finding["rule"], finding["place"], diagnostic["place"])
    return same and _same_name(diagnostic, finding)


_RESOLVED_AT = re.compile(r"is resolved at '(.*)'")


def _warned(diagnostic, finding):
    """Does cfn-lint warn of what a function gives at this place?"""
    if not places.WARNINGS.fullmatch(finding["rule"]):
        return False
    at = _RESOLVED_AT.search(finding["message"])
    where = at.group(1) if at else finding["place"]
    return diagnostic["place"] in (where, where.rpartition("/Fn::")[0])


def _inside(place, findings):
    return " ".join(sorted({f["rule"] for f in findings if places.stops(f["rule"], place, f["place"])}))


def _from_cfngen(diagnostics, findings, types):
    seen = set()
    for diagnostic in diagnostics:
        key = (diagnostic["id"], diagnostic["place"], diagnostic["message"])
        if key in seen or not places.is_compared(diagnostic):
            continue
        seen.add(key)
        if any(_agrees(diagnostic, finding) for finding in findings):
            continue
        yield Unit(
            told_by="warned" if any(_warned(diagnostic, f) for f in findings) else "cfngen",
            rule=diagnostic["id"],
            place=diagnostic["place"],
            type=_type_at(diagnostic["place"], types),
            message=diagnostic["message"],
            wanted=_wanted(diagnostic["place"], types),
            inside=_inside(diagnostic["place"], findings),
        )


# An exception in cfn-lint is no judgement.
_BROKE = re.compile(r"Exception .* raised while validating")


def units(file, answer, diagnostics):
    """The units of one template. `answer` is cfn-lint's."""
    findings = [{**f, "place": places.place(f["path"])} for f in answer["findings"]]
    findings = [f for f in findings if _is_judged(f["place"], answer)]
    findings = [f for f in findings if not _BROKE.match(f["message"])]
    diagnostics = [{**d, "place": places.place(d["path"])} for d in diagnostics]
    diagnostics = [d for d in diagnostics if _is_judged(d["place"], answer)]
    found = [
        *_from_lint(findings, diagnostics, answer["types"]),
        *_from_cfngen(diagnostics, findings, answer["types"]),
    ]
    template = _read(file) if any(unit.told_by == "cfngen" for unit in found) else None
    rewritten = " ".join(answer["rewriting"])
    return [
        dataclasses.replace(
            unit, file=file, rewritten=rewritten, function=_function_at(template, unit.place)
        )
        for unit in found
    ]

"""Where a problem is and which problems are the same: cfn-lint's rules and cfngen's ids.

Two problems are one when they are at the same place. The table says which rules and ids tell the
same; a place that both name under others is counted as told, and shown apart.
"""

import re

# What is compared: the target holds for these.
WANTED = "E3001 E3002 E3003 E3012 E3030 E3031 E3032 E3033 E3034 E3037 E1010 E6101".split()

# A function's own rule, when it gives another type than is needed.
_FUNCTIONS = "E1010 E1011 E1015 E1016 E1017 E1018 E1019 E1020 E1021 E1022 E1024 E1028"
# Texts of a known form: ids, ARNs and names.
_FORMATS = "E1150 E1151 E1152 E1153 E1154 E1155 E1156 E1157 E1158 E1159 E1160 E1161 E1162 E1163 E1164"
_SAME = {
    "CFN1002": "E3001",
    "CFN1003": "E3001 E3003",
    "CFN1004": "E3001 E3012",
    "CFN1006": "E3002 E3003 E3012 E3030 E3031",
    "CFN1007": "E3001",
    "CFN1009": "E3001",
    "CFN1201": "E3001 E3012",
    "CFN1203": "E6101 " + _FUNCTIONS,
    "CFN1301": "E1010 E1019 E1020 E6101",
    "CFN1303": "E1010 E1019 E1020 E6101",
    "CFN3101": "E3006",
    "CFN3102": "E3006",
    "CFN3103": "E3002",
    "CFN3104": "E3003",
    "CFN3105": "E3012",
    "CFN3106": "E3030",
    "CFN3107": "E3002 E3031 " + _FORMATS,
    "CFN3108": "E3032",
    "CFN3109": "E3033",
    "CFN3110": "E3034",
    "CFN3111": "E3037",
    "CFN3112": "E3002 E3014 E3017 E3018 E3020 E3021 E3058",
    "CFN3113": "E3040",
    "CFN3114": "E1010 E1019 E6101",
    "CFN3115": "E3012 E1040 E1041 " + _FUNCTIONS,
    "CFN3116": "E6101",
    "CFN3117": "E3001 E3016 E3035 E3036 E3055",
    "CFN3120": "E3002",
    "CFN3123": "E3002",
}
SAME = {name: frozenset(rules.split()) for name, rules in _SAME.items()}

# Of the template's own checks, those that say what a wanted rule says, in its sections.
_SECTIONS = {"CFN1": {"Resources"}, "CFN3": {"Resources", "Outputs"}}

# cfn-lint resolves functions and warns of what their values break; it is not silent about them.
WARNINGS = re.compile(r"W10(19|3\d|40)|W2030|W2031|W3034")


def place(path):
    """A path as text. A function that names something is left out when it ends the path: one side
    points at the function, the other at the value that it is."""
    parts = [str(part) for part in path]
    if len(parts) > 1 and parts[-2] == "Fn::GetAtt" and parts[-1] in ("0", "1", "None"):
        parts.pop()
    if parts and parts[-1] in ("Fn::GetAtt", "Ref", "Fn::Sub"):
        parts.pop()
    return "/".join(parts)


def is_inside(inner, outer):
    return inner == outer or inner.startswith(outer + "/")


_BRANCHES = re.compile(r"(/Fn::If/[12])+$")
# Rules about an object or list as a whole. Behind Fn::If cfn-lint tells them of the value that
# Fn::If gives, cfngen of the branch.
_WHOLE = set("E3003 E3014 E3017 E3018 E3020 E3021 E3032 E3037 E3058".split())
# Rules that name each of the members that exclude one another; cfngen names the object.
_EACH = {"E3014", "E3020"}


def _parent(place):
    return place.rpartition("/")[0]


def is_same(rule, lint, cfngen):
    """Are two places the same for a problem of a rule? They may differ as this says."""
    if lint == cfngen:
        return True
    if rule == "E3001" and cfngen == lint + "/Version":  # cfn-lint refuses the whole resource
        return True
    if rule not in _WHOLE:
        return False
    spots = {lint}
    if rule in _EACH:
        spots.add(_parent(lint))
    if lint.count("/") == 2 and lint.endswith("/Properties"):  # a resource without Properties
        spots.add(_parent(lint))
    told = {cfngen}
    if rule == "E3037":  # the list, or the item that is there twice
        told.add(_parent(cfngen))
    return any(t == s or is_inside(t, s) and _BRANCHES.sub("", t) == s for t in told for s in spots)


# cfn-lint does not look inside of what these rules refuse, and how much of a path that is.
_STOPS = {
    "E3001": r"",
    "E3002": r"",
    "E3006": r"/Type$",
    "E3012": r"",
    "E1028": r"/Fn::If/.*$",
    "E3038": r"/Type$",
}


def stops(rule, place, outer):
    """Does cfn-lint, after a finding of a rule at `outer`, not come to `place`?"""
    return rule in _STOPS and is_inside(place, re.sub(_STOPS[rule], "", outer)) and place != outer


def missing_name(message):
    """The property that a message of E3003 misses."""
    found = re.match(r"'(.*)' is a required property", message)
    return found.group(1) if found else ""


def is_compared(diagnostic):
    """Is this one of cfngen's diagnostics that cfn-lint would have to report too?"""
    sections = _SECTIONS.get(diagnostic["id"][:4], set())
    return (
        diagnostic["severity"] == "error"
        and diagnostic["id"] in SAME
        and bool(diagnostic["path"])
        and diagnostic["path"][0] in sections
    )

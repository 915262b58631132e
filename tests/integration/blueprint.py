"""Reads what the integration tests know of a blueprint: tests/integration/blueprints/NAME.json.

    blueprint.py NAME parameters [first] [change]   as lines Name=Value
    blueprint.py NAME edit                          the stack file with the change
    blueprint.py NAME modifies                      the logical ids that the change modifies, as lines
    blueprint.py NAME holds before|after STANDINS STACK     says what is not as it was, or as it is then
    blueprint.py NAME stays STACK RESOURCES         what is there when the stack is not, as what_exists.py lists it
    blueprint.py NAME exists TEMPLATE RESOURCES     says what does not exist, of the answer of describe-stack-resources

The file is an object of

    parameters  values of parameters, where those that parameters.py makes up will not do
    first       more values, for the first stack of an account (service roles are made once)
    absent      logical ids of what these values leave out
    stays       logical ids of what outlives the stack
    outputs     the shape of each output, see flat_outputs.py
    change      from, to: a text of the stack file that is replaced; parameters: values that change with it;
                modifies: {LOGICAL ID: {PROPERTY: [BEFORE, AFTER]}} for each resource that this changes
"""

import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).parent


def parameters(_, about, *which):
    values = dict(about.get("parameters", {}))
    values.update(about.get("first", {}) if "first" in which else {})
    values.update(about["change"].get("parameters", {}) if "change" in which else {})
    return [f"{name}={value}" for name, value in values.items()]


def edit(name, about):
    text = FOLDER.joinpath("../../templates", name + ".yaml").read_text(encoding="utf-8")
    change = about["change"]
    if text.count(change["from"]) != 1:
        sys.exit(f"{change['from']} stands {text.count(change['from'])} times in the stack file")
    return [text.replace(change["from"], change["to"])]


def modifies(_, about):
    return sorted(about["change"]["modifies"])


def holds(_, about, when, standins, stack):
    with open(standins, encoding="utf-8") as file:
        records = json.load(file)
    bad, count = [], 0
    for place, properties in about["change"]["modifies"].items():
        for name, values in properties.items():
            count += 1
            is_now = records[f"{stack}/{place}"]["Properties"].get(name)
            if str(is_now) != str(values[when == "after"]):
                bad.append(f"{place}.{name} is {is_now} {when} the change")
    if bad or not count:
        sys.exit("\n".join(bad) or "no property is named")
    return []


def resources_in(answer):
    """The physical ids by logical ids; what a condition left out has none."""
    with open(answer, encoding="utf-8") as file:
        listed = json.load(file)["StackResources"]
    return {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in listed if r.get("PhysicalResourceId")}


def stays(_, about, stack, answer):
    found = resources_in(answer)
    return [line for one in about.get("stays", []) for line in (f"{stack}/{one}", found[one])]


def exists(_, about, template, answer):
    with open(template, encoding="utf-8") as file:
        declared = json.load(file)["Resources"].keys()
    found, absent = resources_in(answer).keys(), set(about.get("absent", []))
    missing, idle = declared - found - absent, absent & found
    if missing or idle or not found:
        sys.exit(f"missing: {sorted(missing)}; not absent: {sorted(idle)}")
    return []


COMMANDS = {"parameters": parameters, "edit": edit, "modifies": modifies, "holds": holds,
            "stays": stays, "exists": exists}
blueprint, command, *rest = sys.argv[1:]
known = json.loads(FOLDER.joinpath("blueprints", blueprint + ".json").read_text(encoding="utf-8"))
for line in COMMANDS[command](blueprint, known, *rest):
    print(line)

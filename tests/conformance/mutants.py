"""Plants mistakes in templates: of our own blueprints and examples, and of resources made from
schemas, a mistake each. The same seed gives the same templates."""

import copy
import json
import os
import random

import schemas

OTHER_SEED = 1_000_000  # what the second set adds to the seed
TRIES = 40  # to find a place for a kind of mistake


def _sites(template, fits):
    """(logical id, path, value, schema) of what a mistake can be planted in."""
    for name, resource in template["Resources"].items():
        try:
            known = schemas.Schemas(resource["Type"])
        except Exception:  # a type that cfn-lint does not know
            continue
        for path, value, schema in known.properties(resource.get("Properties", {})):
            if fits(value, schema):
                yield name, path, value, schema


def _is_literal(value):
    return isinstance(value, (str, int, float, bool))


def _at(template, name, path):
    """(container, key) of a place in a resource's properties."""
    container, key = template["Resources"][name], "Properties"
    for part in path:
        container, key = container[key], part
    return container, key


def _planter(fits, change):
    """A mistake that changes a value: `change(rng, value, schema, template)` makes the new one."""

    def plant(rng, template):
        sites = list(_sites(template, fits))
        if not sites:
            return False
        name, path, value, schema = rng.choice(sites)
        container, key = _at(template, name, path)
        container[key] = change(rng, copy.deepcopy(value), schema, template)
        return True

    return plant


def _renamed(rng, value, schema, template):
    key = rng.choice(sorted(value))
    return {(k + rng.choice(["s", "X", "_"]) if k == key else k): v for k, v in value.items()}


def _required_in(value, schema):
    return [key for key in schema.get("required", []) if isinstance(value, dict) and key in value]


def _without_required(rng, value, schema, template):
    key = rng.choice(_required_in(value, schema))
    if rng.random() < 0.2:
        return {**value, key: {"Ref": "AWS::NoValue"}}
    return {k: v for k, v in value.items() if k != key}


_WRONG = {
    "string": [{"a": "b"}, ["a"], [], {}],
    "integer": ["many", True, ["1"], {"a": 1}, "1.5", ""],
    "number": ["many", False, [1], {"a": 1}],
    "boolean": ["yes", 1, 0, ["true"], "tRUE", {"a": True}],
    "array": ["a", 1, {"a": "b"}, True],
    "object": ["a", 1, ["a"], True, '{"a": "b"}'],
}


def _of_wrong_type(rng, value, schema, template):
    return rng.choice(_WRONG[schemas.kind(schema)])


def _out_of_range(rng, value, schema, template):
    bounds = [schema["minimum"] - 1] if "minimum" in schema else []
    bounds += [schema["maximum"] + 1] if "maximum" in schema else []
    number = rng.choice(bounds)
    return rng.choice([number, str(number)])


def _no_member(rng, value, schema, template):
    member = rng.choice(schema["enum"])
    others = ["none-of-them", f"{member}x", str(member).swapcase(), 12345]
    return rng.choice(others)


def _against_pattern(rng, value, schema, template):
    return rng.choice([" ", "!! ??", f"{value} \n", "", "ä€", f"{value}{{}}"])


def _of_wrong_length(rng, value, schema, template):
    if "maxLength" in schema and rng.random() < 0.7:
        return "a" * (schema["maxLength"] + 1)
    return "a" * max(schema.get("minLength", 1) - 1, 0)


def _of_wrong_size(rng, value, schema, template):
    if "maxItems" in schema and rng.random() < 0.7:
        return [copy.deepcopy(value[i % len(value)]) for i in range(schema["maxItems"] + 1)]
    return value[: max(schema.get("minItems", 1) - 1, 0)]


def _doubled(rng, value, schema, template):
    return [*value, copy.deepcopy(rng.choice(value))]


def _of_attribute(rng, value, schema, template):
    """An attribute of some resource: one that exists in half of the cases, of whatever type."""
    name = rng.choice(sorted(template["Resources"]))
    try:
        known = schemas.attributes(template["Resources"][name]["Type"])
    except Exception:  # a type that cfn-lint does not know
        known = []
    attribute = rng.choice(known) if known and rng.random() < 0.5 else "NoSuchAttribute"
    return {"Fn::GetAtt": [name, attribute]}


def _of_parameter(rng, value, schema, template):
    parameters = template.setdefault("Parameters", {})
    parameters["PlantedText"] = {"Type": "String"}
    parameters["PlantedList"] = {"Type": "CommaDelimitedList"}
    wrong = "PlantedText" if schemas.kind(schema) in ("array", "object") else "PlantedList"
    return {"Ref": wrong}


def _of_function(rng, value, schema, template):
    functions = [{"Fn::Sub": "${AWS::Region}"}, {"Fn::Join": ["", ["a"]]}]
    functions += [{"Fn::Split": [",", "a,b"]}, {"Fn::GetAZs": ""}]
    return rng.choice(functions)


def _chosen(rng, value, schema, template):
    """The value, or one of a wrong type or none, behind a condition that nobody can foresee."""
    template.setdefault("Parameters", {})["PlantedText"] = {"Type": "String"}
    template.setdefault("Conditions", {})["Planted"] = {"Fn::Equals": [{"Ref": "PlantedText"}, "a"]}
    other = {"Ref": "AWS::NoValue"} if rng.random() < 0.5 else _of_wrong_type(rng, value, schema, template)
    branches = [value, other]
    rng.shuffle(branches)
    return {"Fn::If": ["Planted", *branches]}


def _has_type(value, schema):
    return "type" in schema and schemas.kind(schema) in _WRONG


def _in_resource(change):
    def plant(rng, template):
        resource = template["Resources"][rng.choice(sorted(template["Resources"]))]
        change(rng, resource)
        return True

    return plant


def _unknown_type(rng, resource):
    resource["Type"] += rng.choice(["s", "X", "::Y"])


def _wrong_resource_attribute(rng, resource):
    if rng.random() < 0.5:
        resource[rng.choice(["Propertys", "DependOn", "Tags"])] = {}
    else:
        resource[rng.choice(["DependsOn", "Condition", "CreationPolicy"])] = rng.choice([1, [1], True])


def _no_text_in_output(rng, template):
    name = rng.choice(sorted(template["Resources"]))
    values = [["a"], {"a": "b"}, {"Fn::GetAtt": [name, "NoSuchAttribute"]}]
    values += [{"Fn::Split": [",", "a,b"]}, {"Fn::GetAZs": ""}]
    template.setdefault("Outputs", {})["Planted"] = {"Value": rng.choice(values)}
    return True


def _is_measured(value, schema):
    """Has it a length, of a bound that a text in a test can pass?"""
    return isinstance(value, str) and schema.get("maxLength", schema.get("minLength", 99999)) < 9999


def _is_counted(value, schema):
    return isinstance(value, list) and value and schema.get("maxItems", schema.get("minItems", 999)) < 200


KINDS = {
    "renamed": _planter(lambda v, s: isinstance(v, dict) and v and "properties" in s, _renamed),
    "required": _planter(_required_in, _without_required),
    "type": _planter(_has_type, _of_wrong_type),
    "range": _planter(lambda v, s: _is_literal(v) and ("minimum" in s or "maximum" in s), _out_of_range),
    "enum": _planter(lambda v, s: _is_literal(v) and s.get("enum"), _no_member),
    "pattern": _planter(lambda v, s: isinstance(v, str) and "pattern" in s, _against_pattern),
    "length": _planter(_is_measured, _of_wrong_length),
    "size": _planter(_is_counted, _of_wrong_size),
    "doubled": _planter(lambda v, s: isinstance(v, list) and v and s.get("uniqueItems"), _doubled),
    "attribute": _planter(lambda v, s: "type" in s, _of_attribute),
    "parameter": _planter(_has_type, _of_parameter),
    "function": _planter(_has_type, _of_function),
    "condition": _planter(_has_type, _chosen),
    "unknown-type": _in_resource(_unknown_type),
    "resource": _in_resource(_wrong_resource_attribute),
    "output": _no_text_in_output,
}


def _planted(rng, make_base):
    """(kind, template) with one mistake in it."""
    for _ in range(TRIES):
        kind, template = rng.choice(sorted(KINDS)), make_base(rng)
        if KINDS[kind](rng, template):
            return kind, template
    raise RuntimeError("no place for a mistake")


def _generated(rng):
    """A template of some resources of any types."""
    resources = {}
    for index in range(rng.choice([1, 2, 3])):
        of_type = rng.choice(schemas.types())
        resources[f"R{index}"] = {"Type": of_type, "Properties": schemas.Schemas(of_type).make(rng)}
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}


def _write_set(folder, count, seed, make_base):
    rng, paths = random.Random(seed), []
    for index in range(count):
        kind, template = _planted(rng, make_base)
        path = os.path.join(folder, f"{seed}-{index:04}-{kind}.json")
        with open(path, "w", encoding="utf-8") as out:
            json.dump(template, out, indent=2)
        paths.append(path)
    return paths


def write(folder, bases, count, seed):
    """{set: paths of templates}, written into a folder: half from templates, half from schemas."""
    os.makedirs(folder, exist_ok=True)
    for old in os.listdir(folder):
        os.remove(os.path.join(folder, old))
    own = []
    for base in bases:
        with open(base, encoding="utf-8") as text:
            own.append(json.load(text))
    sets = {}
    if own and count:
        sets["mistakes planted in ours"] = _write_set(
            folder, (count + 1) // 2, seed, lambda rng: copy.deepcopy(rng.choice(own))
        )
    if count:
        sets["mistakes planted in made resources"] = _write_set(folder, count // 2, seed + OTHER_SEED, _generated)
    return sets

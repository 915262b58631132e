"""Reads the outputs of a deployed blueprint from a flat-outputs.json and says which are not as they must be.

Each output is to be there with a value of its shape, there is to be no other, and no two name the
same thing: what a stack gives is an interface. It works on the outputs of a simulated AWS and of a
real one alike.

    python3 tests/integration/flat_outputs.py BLUEPRINT [FILE]      FILE: cfn-outputs/flat-outputs.json

The shapes are the "outputs" of tests/integration/blueprints/BLUEPRINT.json. Each is a name of the
table below, arn:SERVICE:PATTERN for an ARN whose last part fits a pattern, or a pattern in slashes.
"""

import json
import pathlib
import re
import sys

NAME = r"[A-Za-z][A-Za-z0-9-]*"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def host(kind):
    return NAME + r"\." + kind + r"[0-9a-z]+\.[a-z0-9-]+\.rds\.amazonaws\.com(\.cn)?"


def arn(service, resource):
    return rf"arn:aws[a-z-]*:{service}:[a-z0-9-]*:\d{{12}}:{resource}"


SHAPES = {
    "name": NAME,
    "word": r"\w+",
    "number": r"\d+",
    "uuid": UUID,
    "url": r"https://\S+",
    "domain": r"([a-z0-9_-]+\.)+[a-z0-9-]+\.?",
    "address": r"\d{1,3}(\.\d{1,3}){3}",
    "parameter": r"(/[A-Za-z0-9_.-]+)+",
    "host of a cluster": host("cluster-"),
    "host of readers": host("cluster-ro-"),
    "host of an instance": host(""),
    "secret": arn("secretsmanager", r"secret:.+-[A-Za-z0-9]{6}"),
    "role": r"arn:aws[a-z-]*:iam::\d{12}:role/\S+",
    "security group": r"sg-[0-9a-f]{8,17}",
    "subnet": r"subnet-[0-9a-f]{8,17}",
    "subnets": r"subnet-[0-9a-f]{8,17}(,subnet-[0-9a-f]{8,17})+",
    "vpc": r"vpc-[0-9a-f]{8,17}",
    "hosted zone": r"Z[0-9A-Za-z]{5,31}",
    "bucket": r"[a-z0-9][a-z0-9.-]{2,62}",
}
# Several outputs may say the same of these.
COMMON = {"word", "number", "vpc", "subnets"}


def pattern_of(shape):
    if shape.startswith("arn:"):
        return arn(*shape.split(":", 2)[1:])
    return shape[1:-1] if shape.startswith("/") else SHAPES[shape]


def problems(shapes, given):
    whose = {}
    for key, shape in shapes.items():
        value = given.get(key)
        if key not in given:
            yield f"{key} is missing"
        elif not isinstance(value, str) or not re.fullmatch(pattern_of(shape), value):
            yield f"{key} is {value!r}, which is not a {shape}"
        elif shape not in COMMON and whose.setdefault(value, key) != key:
            yield f"{key} and {whose[value]} are the same"
    for key in given.keys() - shapes.keys():
        yield f"{key} is given, but is not known"


name, *file = sys.argv[1:]
about = json.loads(pathlib.Path(__file__).with_name("blueprints").joinpath(name + ".json").read_text(encoding="utf-8"))
with open(file[0] if file else "cfn-outputs/flat-outputs.json", encoding="utf-8") as text:
    found = list(problems(about["outputs"], json.load(text)))
print("\n".join(found))
sys.exit(1 if found else 0)

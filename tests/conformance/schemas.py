"""The resource schemas that cfn-lint carries: finding what a value in a template must be, and making
values that fit (nearly: what several schemas together ask for is not looked at)."""

import functools

import regex
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError

import lint

DEEPEST = 5


@functools.lru_cache(maxsize=None)
def types():
    names = PROVIDER_SCHEMA_MANAGER.get_resource_types(lint.REGION)
    return sorted(name for name in names if name.startswith("AWS::") and "CustomResource" not in name)


@functools.lru_cache(maxsize=None)
def _schema(of_type):
    return PROVIDER_SCHEMA_MANAGER.get_resource_schema(lint.REGION, of_type)


def attributes(of_type):
    return [name for name in _schema(of_type).get_atts if "*" not in name]


def wanted(of_type, path):
    """The types that the schema names for a place in the properties, as text: "" when it names none,
    "unknown" when it does not know the place."""
    try:
        schemas = Schemas(of_type)
    except ResourceNotFoundError:
        return "unknown"
    schema = schemas.whole
    for part in _without_branches(path):
        schema = schemas.member(schema, part)
        if not isinstance(schema, dict):
            return "unknown"
    named = schemas.resolved(schema).get("type", "")
    return " ".join(named) if isinstance(named, list) else named


def _without_branches(path):
    parts = iter(path)
    for part in parts:
        if part == "Fn::If":
            next(parts, None)
        else:
            yield part


class Schemas:
    """Walks one type's schema."""

    def __init__(self, of_type):
        self.whole = _schema(of_type).schema
        self.resolver = _schema(of_type).resolver
        read_only = [p.split("/") for p in self.whole.get("readOnlyProperties", [])]
        self.read_only = {p[2] for p in read_only if len(p) == 3}

    def resolved(self, schema):
        for _ in range(20):
            if "$ref" not in schema:
                return schema
            schema = self.resolver.resolve(schema["$ref"])[1]
        return schema

    def member(self, schema, part):
        """The schema of a member or an item; None when there is none."""
        schema = self.resolved(schema)
        if part.isdigit() and "items" in schema:
            return schema["items"]
        patterns = schema.get("patternProperties", {})
        fitting = (known for pattern, known in patterns.items() if regex.search(pattern, part))
        return schema.get("properties", {}).get(part) or next(fitting, schema.get("additionalProperties"))

    def walk(self, value, schema, path=()):
        """(path, value, schema) of a value and of all in it, where the schema knows it."""
        schema = self.resolved(schema)
        yield path, value, schema
        if isinstance(value, dict) and not _is_function(value):
            for key, member in value.items():
                known = schema.get("properties", {}).get(key)
                if isinstance(known, dict):
                    yield from self.walk(member, known, (*path, key))
        elif isinstance(value, list) and isinstance(schema.get("items"), dict):
            for index, item in enumerate(value):
                yield from self.walk(item, schema["items"], (*path, index))

    def properties(self, value):
        yield from self.walk(value, self.whole)

    def make(self, random, schema=None, depth=0):
        """A value that fits the schema."""
        schema = self.resolved(self.whole if schema is None else schema)
        choices = schema.get("enum") or schema.get("enumCaseInsensitive")
        if choices:
            return random.choice(choices)
        return _MAKERS.get(kind(schema), _make_text)(self, random, schema, depth)


def _is_function(value):
    return len(value) == 1 and (next(iter(value)) == "Ref" or next(iter(value)).startswith("Fn::"))


def kind(schema):
    """The one type of a value that a schema takes; of several the first."""
    named = schema.get("type", "object" if "properties" in schema else "string")
    return named[0] if isinstance(named, list) else named


def _make_object(schemas, random, schema, depth):
    skipped = schemas.read_only if depth == 0 else ()
    required, made = set(schema.get("required", [])), {}
    for key, member in schema.get("properties", {}).items():
        wanted = key in required or random.random() < (0.5 if depth < 2 else 0.2)
        if wanted and key not in skipped and (depth < DEEPEST or key in required and depth < 2 * DEEPEST):
            made[key] = schemas.make(random, member, depth + 1)
    return made


def _make_list(schemas, random, schema, depth):
    items = schema.get("items")
    count = max(schema.get("minItems", 0), min(schema.get("maxItems", 2), random.choice([1, 1, 2])))
    made = []
    for _ in range(min(count, 8)):
        item = schemas.make(random, items if isinstance(items, dict) else {"type": "string"}, depth + 1)
        if item not in made:
            made.append(item)
    return made


def _make_number(schemas, random, schema, depth):
    least = schema.get("minimum", 0)
    return random.choice([least, min(schema.get("maximum", least + 10), least + 10)])


# Texts of which one fits most patterns.
_TEXTS = """
    a abc A1 abcdefgh-12 1 12 12:00-13:00 a.b a@example.com /a /aws/a alias/a s3://a/b https://example.com
    10.0.0.0/16 123456789012 us-east-1 us-east-1a rate(1_day) ami-12345678 sg-12345678 subnet-12345678
    vpc-12345678 2026-01-01 1.0.0 aws.a arn:aws:iam::123456789012:role/a arn:aws:s3:::a
    arn:aws:sns:us-east-1:123456789012:a arn:aws:kms:us-east-1:123456789012:key/a
    arn:aws:lambda:us-east-1:123456789012:function:a abcdefghijklmnopqrstuvwxyz0123456789
    00000000-0000-0000-0000-000000000000
""".split()


def _make_text(schemas, random, schema, depth):
    least, most = schema.get("minLength", 0), schema.get("maxLength", 1 << 20)
    pattern = schema.get("pattern", "")
    texts = [*_TEXTS, "a" * least]
    random.shuffle(texts)
    fitting = (text for text in texts if least <= len(text) <= most and regex.search(pattern, text))
    return next(fitting, "a" * least)


_MAKERS = {
    "object": _make_object,
    "array": _make_list,
    "integer": _make_number,
    "number": _make_number,
    "boolean": lambda schemas, random, schema, depth: random.choice([True, False]),
}

"""How two values that mean the same are written differently: judged apart from both programs."""

import json
import re

VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")


def _text(value):
    """The text of what is put together by functions, as Fn::Sub would write it; None for others."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict) or len(value) != 1:
        return None
    (function, argument), = value.items()
    if function == "Ref":
        return "${" + str(argument) + "}"
    if function == "Fn::GetAtt":
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        return "${" + ".".join(map(str, parts)) + "}" if all(isinstance(p, str) for p in parts) else None
    if function == "Fn::Sub":
        return _substituted(argument)
    if function == "Fn::Join" and isinstance(argument, list) and isinstance(argument[-1], list):
        parts = [_text(part) for part in argument[1]]
        return None if None in parts else str(argument[0]).join(parts)
    return None


def _substituted(argument):
    text, names = (argument, {}) if isinstance(argument, str) else argument
    values = {name: _text(value) for name, value in names.items()}
    if None in values.values():
        return None
    return VARIABLE.sub(lambda match: values.get(match[1].strip(), "${" + match[1].strip() + "}"), text)


def _spelled(value):
    """With functions in one spelling, and scalars as texts."""
    text = _text(value)
    if text is not None:
        return {"Fn::Sub": text} if "${" in text else text
    if isinstance(value, dict):
        return {key: _spelled(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_spelled(member) for member in value]
    return json.dumps(value) if isinstance(value, (bool, int, float)) else value


def _parsed(value):
    """With JSON in texts as what it says."""
    if isinstance(value, dict):
        return {key: _parsed(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_parsed(member) for member in value]
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _sorted(value):
    """With the members of lists in one order; a list of one is as good as its member."""
    if isinstance(value, dict):
        return {key: _sorted(member) for key, member in value.items()}
    if isinstance(value, list):
        members = sorted((_sorted(member) for member in value), key=lambda m: json.dumps(m, sort_keys=True))
        return members[0] if len(members) == 1 else members
    return value


def how(old, new):
    """"written alike", "functions", "JSON", "order", or "" for values that differ."""
    if old == new:
        return "written alike"
    old, new = _spelled(old), _spelled(new)
    if old == new:
        return "functions"
    old, new = _parsed(old), _parsed(new)
    if old == new:
        return "JSON"
    return "order" if _sorted(old) == _sorted(new) else ""

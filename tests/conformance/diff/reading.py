"""Reads templates with cfn-lint's reader, which is neither cfngen's nor the reference's."""

import datetime
import json

import cfnlint.decode


def _plain(value):
    """The same in the types of JSON; a date, which YAML alone knows, is its text."""
    if isinstance(value, dict):
        return {str(key): _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value


def template(path):
    """The template in a file; None when there is none that can be read."""
    try:
        read, refused = cfnlint.decode.decode(str(path))
        text = json.dumps(_plain(read))
    except Exception:  # whatever breaks the reader, it did not read this file
        return None
    if refused or not isinstance(read, dict) or not isinstance(read.get("Resources"), dict):
        return None
    return json.loads(text)

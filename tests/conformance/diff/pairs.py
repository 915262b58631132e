"""Makes pairs of templates out of the history of git repositories: each change of a template is one.

    pairs.py FOLDER REPOSITORY...      the pairs go to FOLDER/<repository>-<number>/{old,new}.<ext>

A repository is a folder that git knows, bare or not. At most MOST pairs (300) of each are made,
evenly out of its history; what is no template on both sides is none.
"""

import os
import pathlib
import re
import subprocess
import sys

EXTENSIONS = {".yaml", ".yml", ".json", ".template"}
LARGEST = 1024 * 1024
# ":100644 100644 <old> <new> M\t<path>"
CHANGE = re.compile(r"^:\d+ 100\d+ ([0-9a-f]{40,}) ([0-9a-f]{40,}) M\t(.+)$")


def changes(repository):
    """(old blob, new blob, path) of each change of a file that may be a template, each once."""
    history = subprocess.run(
        ["git", "-C", repository, "-c", "core.quotePath=false", "log", "--raw", "--no-renames",
         "--no-abbrev", "--no-merges", "--diff-filter=M", "--format="],
        capture_output=True, check=True).stdout.decode(errors="replace")
    seen = {}
    for line in history.splitlines():
        match = CHANGE.match(line)
        if match and pathlib.PurePath(match[3]).suffix in EXTENSIONS:
            seen.setdefault((match[1], match[2]), match[3])
    return [(old, new, path) for (old, new), path in seen.items()]


def blob(repository, name):
    """The text of a blob; None when it is too large or not there."""
    ran = subprocess.run(["git", "-C", repository, "cat-file", "blob", name],
                         capture_output=True, check=False)
    return ran.stdout if ran.returncode == 0 and len(ran.stdout) <= LARGEST else None


def looks_like_a_template(text):
    return text is not None and b"Resources" in text and b"Type" in text and b"::" in text


def spread(items, most):
    """At most so many of them, evenly."""
    if len(items) <= most:
        return items
    return [items[i * len(items) // most] for i in range(most)]


def write(folder, repository, most):
    name = pathlib.Path(repository).resolve()
    name = name.parent.name if name.name in ("repo", ".git") else name.name
    count = 0
    # Not all of them are templates.
    for old, new, path in spread(changes(repository), most * 3):
        texts = [blob(repository, old), blob(repository, new)]
        if count == most or not all(map(looks_like_a_template, texts)):
            continue
        place = pathlib.Path(folder) / f"{name}-{count:04}"
        place.mkdir(parents=True, exist_ok=True)
        for side, text in zip(("old", "new"), texts):
            (place / (side + pathlib.PurePath(path).suffix)).write_bytes(text)
        count += 1
    print(f"{name}: {count} pairs")


def main(folder, *repositories):
    for repository in repositories:
        write(folder, repository, int(os.environ.get("MOST", "300")))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

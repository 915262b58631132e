"""Turns a page with commands into a script, and compares what the page says with what they printed.

    tutorial.py script PAGE FOLDER      writes FOLDER/script and, for the block N, FOLDER/N.expected
    tutorial.py compare EXPECTED SAID   says where they differ

A block of `sh` is commands, all in one shell; one of `text` after it is what they print, in which
`...` stands for any lines, or any text in a line. A block of `yaml` that begins with a comment is
saved as the file that the comment names. The script prints each block into FOLDER/N.said, and makes
FOLDER/N.done when it ends with status 0; a list of them, line and first command, is FOLDER/blocks.
"""

import pathlib
import re
import shlex
import sys


def blocks_of(page):
    language, lines, begin = None, [], 0
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if language is None and line.startswith("```"):
            language, lines, begin = line[3:], [], number
        elif line == "```":
            yield language, lines, begin
            language = None
        elif language is not None:
            lines.append(line)


def write_script(page, folder):
    folder.mkdir()
    script, names, number = [], [], 0
    for language, lines, begin in blocks_of(page):
        text = "".join(line + "\n" for line in lines)
        place = shlex.quote(str(folder / str(number + (language == "sh"))))
        if language == "sh":
            number += 1
            names.append(f"{begin} {lines[0]}\n")
            # What fails ends the script, unless its status is shown.
            checks = "set +e" if "$?" in text else "set -e"
            script.append(f"{{\n{checks}\n{text}}} >{place}.said 2>&1\n: >{place}.done\n")
        elif language == "text":
            pathlib.Path(folder / f"{number}.expected").write_text(text, encoding="utf-8")
        elif language == "yaml":
            name = re.fullmatch(r"# (\S+)", lines[0])
            if not name:
                sys.exit(f"{page}:{begin}: no file is named")
            script.append(f"cat >{shlex.quote(name[1])} <<'END OF FILE'\n{text}END OF FILE\n")
        else:
            sys.exit(f"{page}:{begin}: what is a block of {language!r}?")
    (folder / "script").write_text("".join(script), encoding="utf-8")
    (folder / "blocks").write_text("".join(names), encoding="utf-8")


def fits(pattern, line):
    return re.fullmatch(".*".join(map(re.escape, pattern.split("..."))), line)


def compare(expected, said):
    patterns, lines = (pathlib.Path(name).read_text(encoding="utf-8").splitlines() for name in (expected, said))
    at, anywhere = 0, False
    for pattern in patterns:
        if pattern == "...":
            anywhere = True
            continue
        found = at
        while anywhere and found < len(lines) and not fits(pattern, lines[found]):
            found += 1
        if found >= len(lines) or not fits(pattern, lines[found]):
            sys.exit(f"the page says: {pattern}\nit printed{' nowhere' if anywhere else ''}:\n" + "\n".join(lines[at:at + 40]))
        at, anywhere = found + 1, False
    if at < len(lines) and not anywhere:
        sys.exit("it printed more than the page says:\n" + "\n".join(lines[at:]))


if sys.argv[1] == "script":
    write_script(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
else:
    compare(sys.argv[2], sys.argv[3])

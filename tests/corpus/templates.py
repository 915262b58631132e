"""Finds the files in folders that may be templates."""

import pathlib

EXTENSIONS = {".yaml", ".yml", ".json", ".template"}


def files(folders):
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.suffix in EXTENSIONS and path.is_file():
                yield path

"""What cfn-lint says of templates: its API in a few processes, answers kept in a folder.

An answer is named for the template's text and for cfn-lint's version, so that a second run asks
nothing. What a template says to cfn-lint in its own Metadata (checks to leave out) is not heard:
the rules themselves are compared.
"""

import hashlib
import importlib.metadata
import json
import multiprocessing
import os
import signal

REGION = "us-east-1"  # the one that cfn-lint checks when nobody names another
MOST_SECONDS = 120  # for one template
FORM = 3  # of the answers; another one asks anew


def version():
    """cfn-lint's version, None when there is none."""
    try:
        return importlib.metadata.version("cfn-lint")
    except importlib.metadata.PackageNotFoundError:
        return None


def _rewriting(value):
    """The transforms that a template names, and the functions in it that rewrite it."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key == "Fn::Transform" or str(key).startswith("Fn::ForEach"):
                yield str(key)
            yield from _rewriting(member)
    elif isinstance(value, list):
        for member in value:
            yield from _rewriting(member)


def _described(template):
    """What is compared must know of the template: its resource types and what rewrites it (macros,
    and modules, which become other resources)."""
    if not isinstance(template, dict) or not isinstance(template.get("Resources"), dict):
        return {"is_template": False, "types": {}, "rewriting": []}
    named = template.get("Transform") or []
    rewriting = [str(name) for name in (named if isinstance(named, list) else [named])]
    types = {
        str(name): resource.get("Type") if isinstance(resource.get("Type"), str) else None
        for name, resource in template["Resources"].items()
        if isinstance(resource, dict)
    }
    rewriting += {name for name in types.values() if name and name.endswith("::MODULE")}
    rewriting = sorted({*rewriting, *_rewriting(template)})
    return {"is_template": True, "types": types, "rewriting": rewriting}


class _Linter:
    def __init__(self):
        import cfnlint.config
        import cfnlint.decode
        import cfnlint.runner
        import cfnlint.runner.template.runner
        import cfnlint.template

        class Deaf(cfnlint.config.ConfigMixIn):
            def set_template_args(self, template):
                self._template_args = {}

        cfnlint.template.Template.get_directives = lambda self: {}
        self.config = Deaf(["--regions", REGION])
        self.rules = cfnlint.runner.Runner(self.config).rules
        self.run = cfnlint.runner.template.runner.run_template_by_file_path
        self.decode = cfnlint.decode.decode

    def __call__(self, path):
        template, _ = self.decode(path)
        described = _described(template)
        found = self.run(path, self.config, self.rules, False)
        matches = [match for match in found if match.rule.id[0] in "EW"]
        places = {match.id: self._path(match) for match in matches}
        findings = [
            {
                "rule": match.rule.id,
                "path": self._path(match),
                "line": match.linenumber,
                "message": match.message,
                "alternative_of": places.get(match.parent_id),
            }
            for match in matches
        ]
        return {**described, "findings": findings}

    @staticmethod
    def _path(match):
        return [part if isinstance(part, int) else str(part) for part in getattr(match, "path", None) or []]


_linter = None


def _give_up(signum, frame):
    raise TimeoutError


def _ask(question):
    """Writes the answer for one template; a linter that breaks down is an answer too."""
    global _linter
    path, answer = question
    if _linter is None:
        _linter = _Linter()
        signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(MOST_SECONDS)
    try:
        said = _linter(path)
    except (Exception, SystemExit) as problem:  # whatever breaks it, it did not judge this file
        said = {**_described(None), "broke": f"{type(problem).__name__}: {problem}"}
    finally:
        signal.alarm(0)
    os.makedirs(os.path.dirname(answer), exist_ok=True)
    with open(f"{answer}.{os.getpid()}", "w", encoding="utf-8") as out:
        json.dump({"findings": [], **said}, out)
    os.replace(f"{answer}.{os.getpid()}", answer)


def _answer_name(folder, path):
    with open(path, "rb") as template:
        name = hashlib.sha256(template.read()).hexdigest()
    return os.path.join(folder, f"cfn-lint-{version()}-{FORM}", name[:2], f"{name}.json")


def answers(folder, paths, processes, said):
    """{path: answer} for templates, one for each text; `said(done, of)` is called along the way."""
    names = {}
    for path in paths:
        names.setdefault(_answer_name(folder, path), str(path))
    questions = sorted((path, name) for name, path in names.items() if not os.path.exists(name))
    if questions:
        with multiprocessing.Pool(processes, maxtasksperchild=200) as pool:
            for done, _ in enumerate(pool.imap_unordered(_ask, questions, chunksize=4), 1):
                said(done, len(questions))
    result = {}
    for name, path in names.items():
        with open(name, encoding="utf-8") as text:
            result[path] = json.load(text)
    return result

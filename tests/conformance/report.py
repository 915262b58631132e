"""Counts the units of a comparison, explains those that are known, and writes the report."""

import collections
import dataclasses
import json
import os
import re

RECALL, PRECISION = 0.98, 0.99  # the aims
SHOWN = 8  # examples of each disagreement


@dataclasses.dataclass
class Set:
    name: str
    counts: bool  # do the aims hold for it?
    units: list
    templates: dict  # what became of them: how many


@dataclasses.dataclass
class Explanation:
    told_by: str
    patterns: dict  # field of a unit: compiled expression
    reason: str
    uses: int = 0

    def fits(self, unit):
        return unit.told_by == self.told_by and all(
            pattern.search(getattr(unit, field)) for field, pattern in self.patterns.items()
        )


def explanations(path):
    """The known disagreements: general rules, each with its reason."""
    with open(path, encoding="utf-8") as text:
        known = json.load(text)
    fields = ("rule", "type", "place", "message", "inside", "wanted", "function", "rewritten")
    return [
        Explanation(
            told_by=entry["told_by"],
            patterns={field: re.compile(entry[field]) for field in fields if field in entry},
            reason=entry["reason"],
        )
        for entry in known
    ]


def explain(unit, known):
    """The first explanation that fits, counted; None when there is none."""
    if unit.told_by in ("cfn-lint", "cfngen"):
        for explanation in known:
            if explanation.fits(unit):
                explanation.uses += 1
                return explanation
    return None


def _share(part, whole):
    return part / whole if whole else 1.0


@dataclasses.dataclass
class Tally:
    both: int = 0
    other: int = 0  # of both: told under ids that do not belong together
    lint: int = 0
    cfngen: int = 0
    warned: int = 0
    explained_lint: int = 0
    explained_cfngen: int = 0

    def add(self, unit, explained):
        if unit.told_by == "both":
            self.both += 1
            self.other += bool(unit.other)
        elif unit.told_by == "warned":
            self.warned += 1
        elif unit.told_by == "cfn-lint":
            self.explained_lint += explained
            self.lint += not explained
        else:
            self.explained_cfngen += explained
            self.cfngen += not explained

    @property
    def explained(self):
        return self.explained_lint + self.explained_cfngen

    @property
    def recall(self):
        return _share(self.both, self.both + self.lint)

    @property
    def precision(self):
        return _share(self.both, self.both + self.cfngen)

    def raw(self):
        """Recall and precision when nothing is explained."""
        lint, cfngen = self.lint + self.explained_lint, self.cfngen + self.explained_cfngen
        return _share(self.both, self.both + lint), _share(self.both, self.both + cfngen)


def _tallies(units, known):
    whole, rules, left = Tally(), collections.defaultdict(Tally), collections.defaultdict(list)
    for unit in units:
        explained = explain(unit, known) is not None
        whole.add(unit, explained)
        rules[unit.rule].add(unit, explained)
        if not explained and unit.told_by in ("cfn-lint", "cfngen"):
            left[unit.told_by, unit.rule, unit.type].append(unit)
    return whole, rules, left


def _percent(share):
    return f"{100 * share:.2f} %"


def _summary(of, tally):
    raw = tally.raw()
    return (
        f"{of.name}: {of.templates.get('compared', 0)} templates, {tally.both} problems told by both, "
        f"{tally.lint} by cfn-lint alone, {tally.cfngen} by cfngen alone; "
        f"recall {_percent(tally.recall)}, precision {_percent(tally.precision)} "
        f"({_percent(raw[0])} and {_percent(raw[1])} with the {tally.explained} "
        "that are explained)"
    )


def _rule_table(whole, rules):
    yield (
        "| rule | both | of them under other ids | cfn-lint alone | cfngen alone | explained "
        "| cfn-lint warns | recall | precision |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for name, tally in [*sorted(rules.items()), ("all", whole)]:
        yield (
            f"| {name} | {tally.both} | {tally.other} | {tally.lint} | {tally.cfngen} | "
            f"{tally.explained_lint} + {tally.explained_cfngen} | {tally.warned} | "
            f"{_percent(tally.recall)} | {_percent(tally.precision)} |"
        )


def _left_list(left):
    for (told_by, rule, of_type), units in sorted(left.items(), key=lambda item: -len(item[1])):
        files = len({unit.file for unit in units})
        yield f"- {len(units)} in {files} templates: {told_by} alone, {rule}, {of_type or 'no type'}"
        for unit in units[:SHOWN]:
            yield f"  - `{unit.file}` {unit.place}: {unit.message[:200]}"


def _section(of, known):
    whole, rules, left = _tallies(of.units, known)
    lines = [f"## {of.name}", "", _summary(of, whole), ""]
    lines += [f"- {what}: {count}" for what, count in of.templates.items()]
    lines += ["", *_rule_table(whole, rules), ""]
    if left:
        lines += ["Not explained:", "", *_left_list(left), ""]
    others = collections.Counter((u.rule, u.other) for u in of.units if u.other)
    if others:
        lines += ["Told by both, under ids that do not belong together:", ""]
        lines += [f"- {rule} as {other}: {count}" for (rule, other), count in others.most_common()]
        lines.append("")
    return whole, lines


def _is_fine(of, tally):
    return not of.counts or (
        tally.recall >= RECALL and tally.precision >= PRECISION and "cfngen crashed" not in of.templates
    )


def write(folder, heading, results, known):
    """Writes report.md and units.jsonl, prints a summary; false when an aim is missed."""
    fine, lines = True, ["# cfngen's checks against cfn-lint's", "", heading, ""]
    print(heading)
    for of in results:
        tally, section = _section(of, known)
        lines += section
        met = _is_fine(of, tally)
        fine = fine and met
        print(_summary(of, tally) + ("" if met else "  MISSED"))
    lines += ["## Explained", ""]
    for explanation in known:
        patterns = ", ".join(f"{field} `{p.pattern}`" for field, p in explanation.patterns.items())
        lines.append(f"- {explanation.uses}: {explanation.told_by} alone, {patterns}: {explanation.reason}")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "report.md"), "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
    with open(os.path.join(folder, "units.jsonl"), "w", encoding="utf-8") as out:
        for of in results:
            for unit in of.units:
                out.write(json.dumps({"set": of.name, **dataclasses.asdict(unit)}) + "\n")
    print(f"{os.path.join(folder, 'report.md')} has every disagreement")
    return fine

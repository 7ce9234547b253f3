"""Scans the templates with checkov, which knows what AWS resources are usually done wrong.

What it finds and we mean is in infra/accepted.csv with the reason. Anything else fails, and so does a row that nothing needs.
"""

import csv
import fnmatch
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# A copy of this with its fault is scanned too: a scanner that finds nothing there proves nothing elsewhere.
TABLES = ROOT / "infra/tables.yaml"
SOUND = "PointInTimeRecoveryEnabled: true"
FAULT = "PointInTimeRecoveryEnabled: false"


def findings(checkov, files):
    """Pairs of a file and what was found there, a check and a resource."""
    command = [checkov, "--framework", "cloudformation", "--skip-download", "--quiet", "--output", "json", "--soft-fail", "--file", *files]
    # Nothing of the scanner needs the network; a proxy that refuses everything keeps it so.
    nowhere = "http://127.0.0.1:9"
    environment = {**os.environ, "HTTPS_PROXY": nowhere, "HTTP_PROXY": nowhere, "https_proxy": nowhere, "http_proxy": nowhere}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    report = json.loads(run.stdout)
    if report["summary"]["parsing_errors"] or not report["summary"]["passed"]:
        sys.exit(f"infra/check: checkov could not read the templates:\n{run.stdout}")
    return [(pathlib.Path(f["file_path"]).name, f["check_id"], f["resource"], f["check_name"]) for f in report["results"]["failed_checks"]]


def problems_in(found, accepted):
    used = set()
    for file, check, resource, name in found:
        rows = [row["resource"] for row in accepted if row["check"] == check and fnmatch.fnmatchcase(resource, row["resource"])]
        used.update((check, row) for row in rows)
        if not rows:
            yield f"{file} {resource}: {name} ({check}); mend it, or say why not in infra/accepted.csv"
    for row in accepted:
        if (row["check"], row["resource"]) not in used:
            yield f"infra/accepted.csv: nothing needs {row['check']} for {row['resource']} any more"
        if not row["reason"].strip():
            yield f"infra/accepted.csv: {row['check']} for {row['resource']} has no reason"


def main():
    checkov, *files = sys.argv[1:]
    with open(ROOT / "infra/accepted.csv", encoding="utf-8", newline="") as file:
        accepted = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory(dir=ROOT / ".venv") as folder:
        faulty = pathlib.Path(folder) / "faulty.yaml"
        text = TABLES.read_text(encoding="utf-8")
        faulty.write_text(text.replace(SOUND, FAULT), encoding="utf-8")
        found = findings(checkov, [*files, str(faulty)])
    problems = list(problems_in([f for f in found if f[0] != faulty.name], accepted))
    if not any(f[:3] == (faulty.name, "CKV_AWS_28", "AWS::DynamoDB::Table.RegistryTable") for f in found):
        problems.append("checkov finds nothing in a table without backups, so its silence about ours proves nothing")
    if not list(problems_in(found[:1], [])) or not list(problems_in([], accepted)):
        problems.append("the rule about infra/accepted.csv finds nothing where something is wrong")
    for problem in problems:
        print(f"infra/check: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

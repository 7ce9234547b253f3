"""Looks at what `sam build` laid out: Lambda must find each handler and page, and no jar that is for tests only."""

import pathlib
import sys
import zipfile

from samcli.yamlhelper import yaml_parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Test libraries, and what only the sandbox needs. The licence of DynamoDB Local forbids to deploy it.
FORBIDDEN = ("DynamoDBLocal", "archunit", "assertj", "h2-", "hapi", "junit", "log4j", "snakeyaml", "spring", "sqlite")
LAMBDA_LIMIT = 250 * 1024 * 1024


opened = {}


def entries_of(jar):
    """Every function has a copy of the same jars, so each is opened once."""
    known_by = jar.name, jar.stat().st_size
    if known_by not in opened:
        with zipfile.ZipFile(jar) as archive:
            opened[known_by] = frozenset(archive.namelist())
    return opened[known_by]


def generated(template):
    """The class jte makes of a template: pages/consent.jte becomes gg/jte/generated/.../JteconsentGenerated.class."""
    folder = template.relative_to(ROOT / "functions/src/main/jte").parent
    return f"{folder}/Jte{template.stem}Generated.class".removeprefix("./")


def problems_of(name, handler, folder):
    jars = sorted((folder / "lib").glob("*.jar"))
    entries = frozenset().union(*map(entries_of, jars))
    handler_class = handler.split("::")[0].replace(".", "/") + ".class"
    if handler_class not in entries:
        yield f"{name}: the handler class {handler_class} is in none of {len(jars)} jars"
    pages = [entry for entry in entries if "/Jte" in entry]
    for template in sorted((ROOT / "functions/src/main/jte").rglob("*.jte")):
        if not any(entry.endswith("/" + generated(template)) for entry in pages):
            yield f"{name}: the page {template.name} was not compiled into the jar"
    for jar in jars:
        if jar.name.startswith(FORBIDDEN):
            yield f"{name}: {jar.name} must not be deployed"
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    if size > LAMBDA_LIMIT:
        yield f"{name}: {size} bytes are more than Lambda takes"


def main():
    build = ROOT / sys.argv[1]
    template = yaml_parse((build / "template.yaml").read_text(encoding="utf-8"))
    functions = {k: v for k, v in template["Resources"].items() if v["Type"] == "AWS::Serverless::Function"}
    problems = [
        problem
        for name, function in functions.items()
        for problem in problems_of(name, function["Properties"]["Handler"], build / name)
    ]
    if not functions:
        problems.append("the built template has no function")
    for problem in problems:
        print(f"infra/check: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

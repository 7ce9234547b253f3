"""Looks at what `sam build` laid out: Lambda must find each handler and page, and no jar that is for tests only."""

import pathlib
import sys
import zipfile

from samcli.yamlhelper import yaml_parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Test libraries, and what only the sandbox needs. The licence of DynamoDB Local forbids to deploy it.
FORBIDDEN = ("DynamoDBLocal", "archunit", "assertj", "h2-", "hapi", "junit", "log4j", "snakeyaml", "spring", "sqlite")
LAMBDA_LIMIT = 250 * 1024 * 1024
# Every start pays for what there is to read. A change that needs more raises them here, where a review sees it.
BUDGET_MEGABYTES = 27
BUDGET_CLASSES = 18_000


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
    size = size_of(folder)
    if size > LAMBDA_LIMIT:
        yield f"{name}: {size} bytes are more than Lambda takes"
    yield from budget_problems(name, size, classes_of(folder))


def size_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def classes_of(folder):
    return sum(entry.endswith(".class") for jar in (folder / "lib").glob("*.jar") for entry in entries_of(jar))


def budget_problems(name, size, classes):
    if size > BUDGET_MEGABYTES * 1024 * 1024:
        yield f"{name}: {size / 1024 / 1024:.1f} MB are more than the {BUDGET_MEGABYTES} MB of the budget in infra/built.py"
    if classes > BUDGET_CLASSES:
        yield f"{name}: {classes} classes are more than the {BUDGET_CLASSES} of the budget in infra/built.py"


def budget_proofs(size, classes):
    """The budget has to stop what grows by a fifth, or its silence proves nothing."""
    if not list(budget_problems("", size * 1.2, classes)):
        yield "the budget would let the package grow by a fifth: lower BUDGET_MEGABYTES in infra/built.py"
    if not list(budget_problems("", size, classes * 1.2)):
        yield "the budget would let the classes grow by a fifth: lower BUDGET_CLASSES in infra/built.py"


def functions_of(build, template="template.yaml"):
    """Folder and handler of each function by its name, those of nested stacks too."""
    resources = yaml_parse((build / template).read_text(encoding="utf-8"))["Resources"]
    folder = (build / template).parent
    functions = {}
    for name, resource in resources.items():
        if resource["Type"] == "AWS::Serverless::Function":
            functions[name] = folder / name, resource["Properties"]["Handler"]
        elif resource["Type"] == "AWS::CloudFormation::Stack":
            functions |= functions_of(folder, resource["Properties"]["TemplateURL"])
    return functions


def written_functions():
    """Names of the functions in the templates as they were written."""
    templates = [ROOT / "template.yaml", *(ROOT / "infra").glob("*.yaml")]
    resources = [yaml_parse(template.read_text(encoding="utf-8")).get("Resources", {}) for template in templates]
    return {name for part in resources for name, resource in part.items() if resource["Type"] == "AWS::Serverless::Function"}


def main():
    functions = functions_of(ROOT / sys.argv[1])
    problems = [
        problem
        for name, (folder, handler) in functions.items()
        for problem in problems_of(name, handler, folder)
    ]
    for name in sorted(written_functions() ^ functions.keys()):
        problems.append(f"{name}: it is either written and not built, or built and not written")
    figures = {name: (size_of(folder), classes_of(folder)) for name, (folder, _) in functions.items()}
    for figure in sorted(set(figures.values())):
        names = [name for name in functions if figures[name] == figure]
        print(f"infra/check: {figure[0] / 1024 / 1024:.1f} MB and {figure[1]} classes in each of {len(names)} functions")
        problems.extend(budget_proofs(*figure))
    for problem in problems:
        print(f"infra/check: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

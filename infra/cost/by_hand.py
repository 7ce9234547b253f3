"""Works some figures of docs/cost.md out once more, in plain steps and without the code of `compute`.

A formula that changes in one of the two shows here. Only what the prices, the assumptions and docs/calls.csv say is read from the files.
"""

import csv
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
DOCS = HERE.parent.parent / "docs"


def column(path, name, value):
    with open(path, newline="", encoding="utf-8") as file:
        return {row[name]: row[value] for row in csv.DictReader(file)}


def refresh(price, load):
    """A million refreshes of a public app: 4 calls of DynamoDB with 6 read units and 1 write unit, and 1 signature.

    The first of an instance reads twice more, unwraps a key and asks for a public key.
    """
    share = load["new instances"]
    dynamodb = 6 * price["DynamoDB read"] + 1 * price["DynamoDB write"] + share * 2 * price["DynamoDB read"]
    kms = price["KMS Sign"] + share * (price["KMS Decrypt"] + price["KMS GetPublicKey"])
    first = load["start time"] + 2 * load["DynamoDB time"] + 2 * load["KMS time"]
    seconds = (load["own time"] + 4 * load["DynamoDB time"] + 1 * load["KMS time"] + share * first) / 1000
    computing = price["Lambda request"] + 1_000_000 * seconds * load["memory"] * price["Lambda arm64"]
    # A million answers of a kilobyte are a gigabyte.
    logs = load["log"] / 1000 * price["CloudWatch logs taken in"] + load["answer"] / 1000 * price["Data to the Internet"]
    return dynamodb + kms + computing + price["API Gateway request"] + logs


def healthlake(price, load):
    """A million requests at HealthLake: 2 calls with 5 read units. No API of ours, and no answer that leaves AWS from here."""
    share = load["new instances"]
    dynamodb = 5 * price["DynamoDB read"] + share * 1 * price["DynamoDB read"]
    kms = share * price["KMS GetPublicKey"]
    first = load["start time"] + 1 * load["DynamoDB time"] + 1 * load["KMS time"]
    seconds = (load["own time"] + 2 * load["DynamoDB time"] + share * first) / 1000
    computing = price["Lambda request"] + 1_000_000 * seconds * load["memory in front of FHIR servers"] * price["Lambda arm64"]
    return dynamodb + kms + computing + load["log"] / 1000 * price["CloudWatch logs taken in"]


def expected():
    """Rows of the page by their first cell, and the cells in them that were worked out here."""
    price = {name: float(value) for name, value in column(HERE / "prices.csv", "name", "value").items()}
    load = {name: float(value) for name, value in column(HERE / "load.csv", "name", "value").items()}
    times = {name: float(value) for name, value in column(HERE / "operations.csv", "operation", "times").items()}
    signed = column(DOCS / "calls.csv", "operation", "KMS")
    yield "refresh, public app", {12: f"**{refresh(price, load):.2f}**"}
    yield "FHIR request at HealthLake", {12: f"**{healthlake(price, load):.2f}**"}
    # Of 100,000 patients, in a month of 30 days.
    requests = sum(times.values()) * 100_000
    signatures = sum(count * signed[name].count("Sign") for name, count in times.items()) * 100_000
    seconds = 30 * 86_400
    yield "requests in a month", {2: f"{requests:,.0f}"}
    yield "requests per second, mean", {2: f"{requests / seconds:.0f}"}
    yield "requests per second, busiest", {2: f"{load['peak'] * requests / seconds:.0f}"}
    yield "signatures per second, busiest", {2: f"{load['peak'] * signatures / seconds:.0f}"}
    yield "USD a month, API Gateway", {2: f"{requests / 1_000_000 * price['API Gateway request']:.2f}"}
    asked = times["introspection"] * load["FHIR requests"] * 100_000
    others = requests - times["introspection"] * 100_000
    yield "the same, requests per second, busiest", {2: f"{load['peak'] * (others + asked) / seconds:,.0f}"}


def problems(page):
    for row, cells in expected():
        line = next((line for line in page.splitlines() if line.startswith(f"| {row} | ")), None)
        if line is None:
            yield f"docs/cost.md has no row {row}, which infra/cost/by_hand.py works out"
            continue
        found = [cell.strip() for cell in line.strip("|").split("|")]
        for index, cell in cells.items():
            # The first cell is 0, and the last of an operation its sum.
            at = min(index, len(found) - 1)
            if found[at] != cell:
                yield f"docs/cost.md says {found[at]} for {row}, and worked out by hand it is {cell}"

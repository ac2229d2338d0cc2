# SPDX-License-Identifier: Apache-2.0
"""Turns the raw figures of bench/run into Markdown. Figures are medians over rounds; a ratio is taken within each round
first, against the nginx run of the same round, so that a slow minute of the machine weighs on both sides."""
import csv
import statistics
import sys

TITLES = {
    "1k": "GET, 1 KiB JSON",
    "64k": "GET, 64 KiB JSON",
    "10m": "GET, 10 MiB",
    "post": "POST, 2 KiB JSON",
    "calm": "GET, 1 KiB JSON, 2 connections",
}
NAMES = {
    "direct": "direct",
    "nginx": "nginx, one worker",
    "haproxy": "haproxy, one thread",
    "off": "Hansard, recording off",
    "relaxed": "Hansard, relaxed",
    "strict": "Hansard, strict",
}


def main() -> None:
    raw_path, facts_path, ticks = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(raw_path, encoding="utf-8") as raw:
        rows = [measured(row, ticks) for row in csv.DictReader(raw)]
    with open(facts_path, encoding="utf-8") as file:
        facts = dict(line.rstrip("\n").split("=", 1) for line in file)
    peaks = {name.removeprefix("peak-"): int(kib) for name, kib in facts.items() if name.startswith("peak-")}
    for name, value in facts.items():
        if not name.startswith("peak-"):
            print(f"- {name}: {value.strip()}")
    for scenario in dict.fromkeys(row["scenario"] for row in rows):
        table(scenario, [row for row in rows if row["scenario"] == scenario])
    if peaks:
        print("\n### Peak resident memory over the whole run\n")
        print("| | MiB |\n|---|---:|")
        for proxy, kib in peaks.items():
            print(f"| {NAMES[proxy]} | {kib / 1024:.0f} |")


def measured(row: dict, ticks: int) -> dict:
    requests = int(row["requests"])
    return {
        "round": row["round"],
        "scenario": row["scenario"],
        "proxy": row["proxy"],
        "rate": requests / (int(row["micros"]) / 1e6),
        "p50": int(row["p50_micros"]) / 1000,
        "p99": int(row["p99_micros"]) / 1000,
        "cpu": int(row["cpu_ticks"]) * 1e6 / ticks / requests if requests else 0.0,
        "errors": int(row["errors"]),
    }


def table(scenario: str, rows: list) -> None:
    print(f"\n### {TITLES[scenario]}\n")
    print("| | requests/s | ÷ nginx | p50 ms | p99 ms | CPU µs/request | ÷ nginx | errors |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    nginx = {row["round"]: row for row in rows if row["proxy"] == "nginx"}
    for proxy in dict.fromkeys(row["proxy"] for row in rows):
        own = [row for row in rows if row["proxy"] == proxy]
        cpu = "" if proxy == "direct" else f"{median(own, 'cpu'):.1f}"
        print(
            f"| {NAMES[proxy]} | {median(own, 'rate'):,.0f} | {ratio(own, nginx, 'rate')} | {median(own, 'p50'):.2f} "
            f"| {median(own, 'p99'):.2f} | {cpu} | {ratio(own, nginx, 'cpu')} | {sum(row['errors'] for row in own)} |"
        )


def median(rows: list, figure: str) -> float:
    return statistics.median(row[figure] for row in rows)


def ratio(rows: list, nginx: dict, figure: str) -> str:
    """Empty without nginx in the run, and where there is nothing to compare."""
    pairs = [row[figure] / nginx[row["round"]][figure] for row in rows if nginx.get(row["round"], {}).get(figure)]
    return f"{statistics.median(pairs):.2f}" if pairs and any(pairs) else ""


main()

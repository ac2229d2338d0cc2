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
    "token": "GET, 1 KiB JSON, with an access token",
}
NAMES = {
    "direct": "direct",
    "nginx": "nginx, one worker",
    "haproxy": "haproxy, one thread",
    "off": "Hansard, recording off",
    "jwt": "Hansard, recording off, jwt",
    "relaxed": "Hansard, relaxed",
    "strict": "Hansard, strict",
}


def main() -> None:
    raw_path, facts_path, ticks = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(raw_path, encoding="utf-8") as raw:
        rows = [measured(row, ticks) for row in csv.DictReader(raw)]
    with open(facts_path, encoding="utf-8") as file:
        facts = dict(line.rstrip("\n").split("=", 1) for line in file)
    for name, value in facts.items():
        print(f"- {name}: {value.strip()}")
    for scenario in dict.fromkeys(row["scenario"] for row in rows):
        table(scenario, [row for row in rows if row["scenario"] == scenario])


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
        "jit": 100 * int(row["jit_ticks"]) / int(row["cpu_ticks"]) if int(row["cpu_ticks"]) else 0.0,
        "errors": int(row["errors"]),
        "peak": int(row["peak_kib"]) / 1024,
    }


def table(scenario: str, rows: list) -> None:
    direct = by_round(rows, "direct") if scenario == "calm" else {}
    nginx = by_round(rows, "nginx")
    print(f"\n### {TITLES[scenario]}\n")
    columns = ["requests/s", "÷ nginx", "p50 ms", "p99 ms"]
    columns += ["added p50", "added p99"] if direct else []
    columns += ["CPU µs/request", "÷ nginx", "of it JIT", "peak MiB", "errors"]
    print("| | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for proxy in dict.fromkeys(row["proxy"] for row in rows):
        own = [row for row in rows if row["proxy"] == proxy]
        alone = proxy == "direct"
        cells = [f"{median(own, 'rate'):,.0f}", ratio(own, nginx, "rate")]
        cells += [f"{median(own, figure):.2f}" for figure in ("p50", "p99")]
        if direct:
            cells += ["" if alone else added(own, direct, figure) for figure in ("p50", "p99")]
        cells += ["" if alone else f"{median(own, 'cpu'):.1f}", ratio(own, nginx, "cpu")]
        cells += [f"{median(own, 'jit'):.0f} %" if any(row["jit"] for row in own) else ""]
        # Of a peak the middle says nothing.
        cells += ["" if alone else f"{max(row['peak'] for row in own):.0f}", str(sum(row["errors"] for row in own))]
        print(f"| {NAMES[proxy]} | " + " | ".join(cells) + " |")
    identified = ratios([row for row in rows if row["proxy"] == "jwt"], by_round(rows, "off"), "cpu")
    if identified:
        low, high = min(identified), max(identified)
        print(f"\nCPU with jwt ÷ without: {statistics.median(identified):.3f}, from {low:.3f} to {high:.3f} by round.")


def by_round(rows: list, proxy: str) -> dict:
    return {row["round"]: row for row in rows if row["proxy"] == proxy}


def median(rows: list, figure: str) -> float:
    return statistics.median(row[figure] for row in rows)


def ratio(rows: list, nginx: dict, figure: str) -> str:
    """Empty without nginx in the run, and where there is nothing to compare."""
    pairs = ratios(rows, nginx, figure)
    return f"{statistics.median(pairs):.2f}" if pairs and any(pairs) else ""


def ratios(rows: list, others: dict, figure: str) -> list:
    """Of each round in which both were measured."""
    return [row[figure] / others[row["round"]][figure] for row in rows if others.get(row["round"], {}).get(figure)]


def added(rows: list, direct: dict, figure: str) -> str:
    """What the way through the proxy takes longer than the direct one of the same round."""
    differences = [row[figure] - direct[row["round"]][figure] for row in rows if row["round"] in direct]
    return f"{statistics.median(differences):.2f}" if differences else ""


main()

"""The table of a run: rows are cells, columns are servers; Markdown, and JSON with every value of every round."""

import json
import statistics


class Table:
    def __init__(self, header, servers):
        self._header = header
        self._servers = servers
        self._rows = {}
        self.failures = []

    def add(self, row, unit, server, values, **extra):
        """Values of each round; the last row of a name wins."""
        self._rows.setdefault((row, unit), {})[server] = {"median": statistics.median(values), "values": values, **extra}

    def fail(self, message):
        self.failures.append(message)

    def print(self):
        names = ["", *self._servers, "ahead of the best"]
        print("\n| " + " | ".join(names) + " |")
        print("|---|" + "---:|" * (len(names) - 1))
        for (row, unit), cells in self._rows.items():
            texts = [_text(cells[name]["median"], unit) if name in cells else "–" for name in self._servers]
            print(f"| {row} | " + " | ".join(texts) + f" | {_ahead(unit, cells)} |")
        print(flush=True)

    def write(self, path):
        rows = [{"row": row, "unit": unit, "servers": cells} for (row, unit), cells in self._rows.items()]
        document = dict(self._header, rows=rows, failures=self.failures)
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _ahead(unit, cells):
    """RustStack divided by the best of the others; the other way round where less is better."""
    others = [cell["median"] for name, cell in cells.items() if name != "RustStack"]
    ours = cells.get("RustStack", {}).get("median")
    if not others or not ours:
        return "–"
    return f"{ours / max(others):.2f}" if unit == "/s" else f"{min(others) / ours:.2f}"


def _text(value, unit):
    if unit == "/s":
        return f"{value:,.0f}" if value >= 1000 else f"{value:,.1f}"
    return f"{value:,.2f} {unit}" if unit == "s" else f"{value:,.0f} {unit}"

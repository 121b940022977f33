"""The figures of a run: as a table while it goes on, as JSON at its end."""

import json
import statistics
import sys
from dataclasses import dataclass, field

# Unit: digits after the point, and whether more is better.
UNITS = {"req/s": (0, True), "ms": (2, False), "µs": (1, False), "MiB": (1, False), "s": (2, False)}


@dataclass(frozen=True)
class Figure:
    """One figure: what RustStack has, beside what something else has. Values are one for each round."""

    group: str
    name: str
    unit: str
    ours: list
    peer: str
    theirs: list
    extra: dict = field(default_factory=dict)

    @property
    def our_median(self):
        return statistics.median(self.ours)

    @property
    def their_median(self):
        return statistics.median(self.theirs)

    @property
    def ratio(self):
        """RustStack divided by its peer."""
        return self.our_median / self.their_median if self.their_median else float("nan")

    def document(self):
        return {
            "group": self.group,
            "name": self.name,
            "unit": self.unit,
            "moreIsBetter": UNITS[self.unit][1],
            "ruststack": {"median": self.our_median, "values": self.ours},
            "peer": {"name": self.peer, "median": self.their_median, "values": self.theirs},
            "ratio": self.ratio,
            **self.extra,
        }


class Report:
    """Collects the figures of a run and prints each group when it is complete."""

    WIDTHS = (34, 17, 30, 17, 7)

    def __init__(self, header):
        self._header = header
        self._figures = []
        self._printed = 0
        self._failures = []

    def say_what(self, versions):
        """Prints what is measured on what machine."""
        self._header["versions"] = {**versions, **self._header["versions"]}
        machine = self._header["machine"]
        print(f"{machine['processor']}, {machine['cores']} cores, {machine['memoryMebibytes']:,} MiB")
        print(f"{machine['system']}, Linux {machine['kernel']}, {self._header['date']}")
        print(", ".join(f"{name} {version}" for name, version in self._header["versions"].items()))

    def progress(self, text):
        print(f"  … {text}", file=sys.stderr, flush=True)

    def add(self, figure):
        self._figures.append(figure)

    def fail(self, group, message):
        self._failures.append({"group": group, "message": message})
        print(f"\n{group}: not all was measured: {message}\n", file=sys.stderr, flush=True)

    @property
    def complete(self):
        return not self._failures

    def print_group(self, group):
        """Prints what was added since the last time."""
        figures = self._figures[self._printed :]
        self._printed = len(self._figures)
        if not figures:
            return
        print(f"\n{group}")
        self._line("", "RustStack", "beside", "", "ratio")
        for figure in figures:
            arrow = "↑" if UNITS[figure.unit][1] else "↓"
            self._line(
                figure.name,
                amount(figure.our_median, figure.unit),
                figure.peer,
                amount(figure.their_median, figure.unit),
                f"{figure.ratio:.2f} {arrow}",
            )
        sys.stdout.flush()

    def _line(self, name, ours, peer, theirs, ratio):
        one, two, three, four, five = self.WIDTHS
        print(f"  {name:<{one}}{ours:>{two}}   {peer:<{three}}{theirs:>{four}}   {ratio:>{five}}")

    def write(self, path):
        document = dict(
            self._header, figures=[figure.document() for figure in self._figures], failures=self._failures
        )
        with open(path, "w", encoding="utf-8") as out:
            json.dump(document, out, indent=2, ensure_ascii=False)
            out.write("\n")


def amount(value, unit):
    digits, _ = UNITS[unit]
    if unit == "req/s" and value < 1000:
        digits = 1
    return f"{value:,.{digits}f} {unit}"

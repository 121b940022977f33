"""Percentiles."""

import statistics


def p50(values):
    return statistics.median(values)


def p95(values):
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def p99(values):
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]

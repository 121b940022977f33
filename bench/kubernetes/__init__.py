"""The figures of a cluster."""

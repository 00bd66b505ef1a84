"""The Python side of FAST-HEP Flow's adapters: per-event readers, selections, summary tables, functions."""

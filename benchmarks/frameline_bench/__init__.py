"""What the measurements share: processes, counters, figures, tables and curves."""

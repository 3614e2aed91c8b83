"""The rows of the table in docs/performance.md."""
from . import offline, pipelines, processors, recordings, streams


def all_rows(programs, footage, other_java=None):
    """Every row, in the order of the table; nothing runs yet."""
    return [*pipelines.rows(other_java), *processors.transforms(programs, other_java),
            *streams.rows(programs), *recordings.recorders(footage), *offline.spectra(footage),
            *offline.copies(footage), *offline.exports(footage),
            *processors.starts(), *recordings.latency(), *processors.allocations(programs)]

/**
 * What every program has in common: options, exit codes, the stop signal, progress on stderr and
 * the report. Programs depend on it; it depends on the wire alone.
 */
package org.frameline.program;

/**
 * {@code frameline bench}: how fast this machine copies, writes, sends, transforms and does all of
 * it together, and which camera it can keep up with. Knows the programs by their command lines,
 * reports and sockets alone.
 */
package org.frameline.cli.bench;

/**
 * What the tests of several modules share: processes and the programs that judge our output,
 * footage, free ports, threads that must not be left. For tests alone; knows nothing of ours.
 */
package org.frameline.testing;

/**
 * Makes one recording of others: cut, put together, or stored in another way. May use all packages
 * of {@code recording}.
 */
package org.frameline.recording.copy;

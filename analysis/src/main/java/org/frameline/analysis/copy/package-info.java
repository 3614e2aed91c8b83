/** Recordings into one: cut, put together, stored in another way. */
package org.frameline.analysis.copy;

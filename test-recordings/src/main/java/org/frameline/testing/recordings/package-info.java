/** Recordings for the tests of several modules, written as the recorder does. For tests alone. */
package org.frameline.testing.recordings;

/** One worker: takes tasks, transforms them with a plan of {@code fft}, sends results. */
package org.frameline.worker;

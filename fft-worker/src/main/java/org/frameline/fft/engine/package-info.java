/** Two-dimensional transforms of real planes; of use to whoever has planes, not only to workers. */
package org.frameline.fft.engine;

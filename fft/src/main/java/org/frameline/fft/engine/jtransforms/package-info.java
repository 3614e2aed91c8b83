/** The engine on JTransforms; the library has its home here. */
package org.frameline.fft.engine.jtransforms;

/** Measurements of Frameline beside its peers; nothing here is shipped. */
package org.frameline.benchmarks;

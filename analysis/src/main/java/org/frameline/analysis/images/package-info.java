/** The images of a file, one after the other, and which of them are wanted. */
package org.frameline.analysis.images;

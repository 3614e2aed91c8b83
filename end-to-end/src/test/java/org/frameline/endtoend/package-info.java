/** Tests of the whole pipeline, as real processes started through scripts/frameline. */
package org.frameline.endtoend;

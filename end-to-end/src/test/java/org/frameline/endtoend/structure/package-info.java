/** Rules of the modules and packages, and classes that are made to break each of them. */
package org.frameline.endtoend.structure;

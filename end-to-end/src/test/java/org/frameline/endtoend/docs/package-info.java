/**
 * Holds the documents to what they say: runs their commands and programs, follows their links.
 * Starts Frameline as its users do, through {@code scripts/}; uses none of its classes.
 */
package org.frameline.endtoend.docs;

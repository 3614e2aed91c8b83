/** Questions to running programs. */
package org.frameline.cli.control;

/** The one {@code frameline} command that names the programs. */
package org.frameline.cli;

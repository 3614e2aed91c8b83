/** Pieces that the picocli command classes of all programs share. */
package org.frameline.program.command;

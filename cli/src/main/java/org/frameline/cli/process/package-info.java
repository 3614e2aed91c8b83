/**
 * The programs as child processes: starts them, watches them and sees to it that none is left.
 * Knows them by their command lines alone.
 */
package org.frameline.cli.process;

/**
 * {@code frameline demo}: the whole pipeline as child processes, a summary and a page with
 * pictures. Knows the programs by their command lines and reports alone.
 */
package org.frameline.cli.demo;

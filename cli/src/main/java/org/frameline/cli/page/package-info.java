/** What pages and tables for people are made of: numbers, curves and templates. */
package org.frameline.cli.page;

/** Pictures for pages; knows neither sockets nor files. */
package org.frameline.cli.picture;

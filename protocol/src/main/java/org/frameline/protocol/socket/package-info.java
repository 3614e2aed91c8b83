/**
 * Sockets: the one place that makes them, and the one loop that polls them. JeroMQ is used here and
 * in the loops that own sockets, nowhere else.
 */
package org.frameline.protocol.socket;

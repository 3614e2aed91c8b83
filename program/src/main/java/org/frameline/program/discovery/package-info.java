/**
 * Which streams are published in this network, by multicast DNS (RFC 6762) and DNS service
 * discovery (RFC 6763). The only place that knows jmDNS.
 */
package org.frameline.program.discovery;

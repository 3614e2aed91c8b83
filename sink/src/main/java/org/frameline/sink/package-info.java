/** The sink: receives what the workers made, checks that it is complete, reports and writes it. */
package org.frameline.sink;

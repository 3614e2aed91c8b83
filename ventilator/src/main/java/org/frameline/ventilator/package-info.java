/** The ventilator: subscribes to frames and deals them out to the workers. */
package org.frameline.ventilator;

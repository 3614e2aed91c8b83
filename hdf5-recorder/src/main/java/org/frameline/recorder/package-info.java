/** The recorder: subscribes to frames and writes them to HDF5. */
package org.frameline.recorder;

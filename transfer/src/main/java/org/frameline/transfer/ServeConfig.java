package org.frameline.transfer;

import java.nio.file.Path;
import org.frameline.protocol.Endpoint;

/**
 * What to serve, and where.
 *
 * @param folder whose files; a real path, without links in it
 * @param bind where files are asked for
 * @param control the control socket
 */
record ServeConfig(Path folder, Endpoint bind, Endpoint control) {}

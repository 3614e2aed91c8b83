/** What the log shows and how its lines look. Found by the logging library; nobody calls it. */
package org.frameline.program.log;

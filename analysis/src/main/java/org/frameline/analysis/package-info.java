/** Commands that look into recordings, offline; knows files, not sockets. */
package org.frameline.analysis;
